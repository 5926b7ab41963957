"""Figures of what the analysis found, in English and in French, for slides and for pages."""
