"""Whether a sentence speaks of something that the law protects, by a small network; its training is in ``training``."""
