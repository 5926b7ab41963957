"""Every word for people, in English and French, as TOML files that a translator can edit."""
