"""The values every room shares; imports no other room."""
