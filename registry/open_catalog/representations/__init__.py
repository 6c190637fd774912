"""Rows as the contract's JSON. What is not stated is left out: the contract knows few nulls and no empty lists."""
