"""The workspace: what a body's own people see and do. Pages of people: never kept, and not there for anybody else."""
