"""Systems of linear constraints in exact arithmetic: what is possible, what conflicts, what is to blame, what follows."""
