"""What a plan names: lists, bodies, duties, projects, cited documents."""
