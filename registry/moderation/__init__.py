"""Pages on which moderators, and panels of people of bodies, decide what waits for them."""
