"""Overdamped Langevin walkers by Euler-Maruyama in NumPy: all walkers at once, double precision, PCG64 with ziggurat.

langevin.py SYSTEM WALKERS KT DT STRIDE GROUP SEED LOW HIGH BINS; coordinates on standard input, coordinate after coordinate.
Then `advance N` answers with seconds, `averages` with the number of records and the sums of x, x^2 and U of each group.
"""

import sys
import time

import numpy as np


def mueller_brown_terms(x, y):
    xc, xd, yb, yc, yd = x + 0.5, x + 1, y - 0.5, y - 1.5, y - 1
    a = -200 * np.exp(-((x - 1) ** 2) - 10 * y**2)
    b = -100 * np.exp(-(x**2) - 10 * yb**2)
    c = -170 * np.exp(-6.5 * xc**2 + 11 * xc * yc - 6.5 * yc**2)
    d = 15 * np.exp(0.7 * xd**2 + 0.6 * xd * yd + 0.7 * yd**2)
    return a, b, c, d


def mueller_brown_energy(q):
    return sum(mueller_brown_terms(*q))


def mueller_brown_gradient(q):
    x, y = q
    a, b, c, d = mueller_brown_terms(x, y)
    xc, xd, yc, yd = x + 0.5, x + 1, y - 1.5, y - 1
    dx = -2 * (x - 1) * a - 2 * x * b + (11 * yc - 13 * xc) * c + (1.4 * xd + 0.6 * yd) * d
    dy = -20 * y * a - 20 * (y - 0.5) * b + (11 * xc - 13 * yc) * c + (1.4 * yd + 0.6 * xd) * d
    return np.stack((dx, dy))


def double_well_energy(q):
    return 5 * (q[0] ** 2 - 1) ** 2


def double_well_gradient(q):
    return 20 * q * (q * q - 1)


SYSTEMS = {
    "mueller-brown": (2, mueller_brown_energy, mueller_brown_gradient),
    "double-well": (1, double_well_energy, double_well_gradient),
}


class Run:
    def __init__(self, system, walkers, kT, dt, stride, group, seed, low, high, bins):
        dimension, self.energy, self.gradient = SYSTEMS[system]
        self.dt, self.stride, self.group = float(dt), int(stride), int(group)
        self.noise = np.sqrt(2 * float(kT) * self.dt)
        self.range, self.bins = (float(low), float(high)), int(bins)
        self.random = np.random.default_rng(int(seed))
        count = int(walkers)
        self.q = np.array([[float(sys.stdin.readline()) for _ in range(count)] for _ in range(dimension)])
        self.sums = np.zeros((count // self.group, 3))
        self.visits = np.zeros(self.bins)
        self.records = 0

    def advance(self, steps):
        normals = np.empty_like(self.q)
        for step in range(steps):
            self.random.standard_normal(out=normals)
            self.q += self.noise * normals - self.dt * self.gradient(self.q)
            if (step + 1) % self.stride == 0:
                self.record()

    def record(self):
        x = self.q[0]
        for k, values in enumerate((x, x * x, self.energy(self.q))):
            self.sums[:, k] += values.reshape(-1, self.group).sum(axis=1)
        self.visits += np.histogram(x, self.bins, self.range)[0]
        self.records += 1


def main():
    run = Run(*sys.argv[1:])
    for line in sys.stdin:
        command, *numbers = line.split()
        if command == "averages":
            print(run.records, *(repr(float(value)) for value in run.sums.ravel()), flush=True)
        else:
            start = time.perf_counter()
            run.advance(int(numbers[0]))
            print(time.perf_counter() - start, flush=True)


main()
