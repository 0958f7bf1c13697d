"""What is new: a statement beside everything that the same side said before."""

from agents.novelty.judge import NoveltyJudge, load_novelty_judge
from agents.novelty.said import Asked, Earlier, Judgement, Said

__all__ = ["Asked", "Earlier", "Judgement", "NoveltyJudge", "Said", "load_novelty_judge"]
