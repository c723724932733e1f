"""The User and signing in (the glue to allauth). Depends on nothing but the foundation."""
