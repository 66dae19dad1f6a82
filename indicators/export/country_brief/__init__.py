"""What a country brief says, as plain data for the template ``brief.typ``: one module a part of the page."""
