"""The training step of the bench in PyTorch on one thread of the processor.

training.py INPUTS WIDTH DEPTH OUTPUTS BATCH TURNS; answers with version, milliseconds of the first step, median and lowest
milliseconds of a step. The weight average of the page is part of the step.
"""

import statistics
import sys
import time

import torch

inputs, width, depth, outputs, batch, turns = map(int, sys.argv[1:])
torch.set_num_threads(1)
torch.manual_seed(1)
sizes = [inputs] + [width] * depth + [outputs]
layers = []
for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
    layers += [torch.nn.Linear(a, b)] + ([torch.nn.SiLU()] if i < depth else [])
net = torch.nn.Sequential(*layers)
adam = torch.optim.Adam(net.parameters(), lr=1e-3)
average = [p.detach().clone() for p in net.parameters()]
x = torch.randn(batch, inputs)
y = torch.randn(batch, outputs)


def step():
    adam.zero_grad()
    torch.nn.functional.mse_loss(net(x), y).backward()
    adam.step()
    with torch.no_grad():
        for a, p in zip(average, net.parameters()):
            a.lerp_(p, 0.005)


def timed(count):
    begin = time.perf_counter()
    for _ in range(count):
        step()
    return 1e3 * (time.perf_counter() - begin) / count


first = timed(1)
timed(20)
times = [timed(100) for _ in range(turns)]
print(torch.__version__, first, statistics.median(times), min(times))
