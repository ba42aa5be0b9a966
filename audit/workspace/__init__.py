"""What a run works on: a folder of tables, a table or a draft, with its rules, waivers and configuration."""
