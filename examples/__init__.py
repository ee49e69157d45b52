"""What others may build on this project's contracts."""
