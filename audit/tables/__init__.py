"""The extracted tables: reading and writing CSV, the data package that describes them, code lists, schemas."""
