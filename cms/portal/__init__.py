"""The pages that developers see."""
