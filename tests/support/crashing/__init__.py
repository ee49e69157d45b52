"""Cars under load while functions die: their lives, the clients that lead them, and a subscriber."""
