"""What one real tool sees in the two files. Each reader applies its tool's own grammar to the tree's raw lines."""
