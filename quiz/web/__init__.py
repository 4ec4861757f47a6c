"""The pages, the forms and everything between a request and an act."""
