"""What is handed on: a page to read and print, and tables for spreadsheets, made from a result folder."""
