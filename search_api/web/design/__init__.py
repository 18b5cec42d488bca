"""The NHS.UK design system as we use it: its compiled stylesheet, and what is cut from it."""
