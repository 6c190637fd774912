"""Have we got this already? The components and functions that are most like a text, each with its reasons."""

from catalogue.similar.answering import Answer, Likeness, similar
from catalogue.similar.question import Question

__all__ = ["Answer", "Likeness", "Question", "similar"]
