"""What follows from the resources' definitions in template.yaml: their names, and the tables of their views."""
