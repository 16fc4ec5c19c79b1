"""What an editor shows beside diagnostics: one file per feature, each pure: workspace and place in, plain data out.

Lines and columns count from 0, columns in code points, lines from the top of the file.
"""
