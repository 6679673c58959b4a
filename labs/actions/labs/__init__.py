"""What is done in labs. One module a noun."""
