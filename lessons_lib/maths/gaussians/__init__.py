"""Mixtures of Gaussians, a Gaussian fitted to them in either direction of KL, and the landscape of the reverse one."""
