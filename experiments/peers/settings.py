"""What every library is asked for alike."""

FACTORS = 64
ROUNDS = 15
ALPHA = 8.0
RIDGE = 40.0
RIDGE_EASE = 500.0
NEIGHBOURS = 200
K = 10
