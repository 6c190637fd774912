"""What a component needs and what needs it: as a picture, as a list, and what breaks if it retires."""
