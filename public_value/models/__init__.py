from public_value.models.benchmark import Benchmark, BenchmarkEdition, Deflator, FrontlinePost, PeerGroupNorm

__all__ = ["Benchmark", "BenchmarkEdition", "Deflator", "FrontlinePost", "PeerGroupNorm"]
