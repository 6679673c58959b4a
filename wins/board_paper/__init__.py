"""What stands on a board paper: gathered on the day it is issued, without anybody's words (gathering); its
figures (figures); read again for one reader, who sees what they may see now (reading); cut to its pages
(cutting); and set as a PDF (pdf, typesetting)."""
