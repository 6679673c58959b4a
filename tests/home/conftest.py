from tests.kernel.conftest import wave, waved, win

__all__ = ["wave", "waved", "win"]
