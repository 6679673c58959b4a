"""Who may do what in labs, and why not. One module a noun."""
