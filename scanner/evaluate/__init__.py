"""What ``recense evaluate`` measures: labelled texts and columns, and material without personal data."""
