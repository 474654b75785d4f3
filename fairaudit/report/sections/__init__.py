"""What a report says, in words and short texts that any format can lay out.

Nothing is escaped here: a format rewrites what came from data first, or escapes the texts.
"""
