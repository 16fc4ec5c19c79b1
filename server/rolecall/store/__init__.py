"""The only code that writes files. Import from its modules: who only reads does not load what writes."""
