"""The step x' = a*x + b*x0 + s*z in PyTorch, and the DDPM step by the formula that diffusers uses, timed.

Takes {"sizes": [side, ...], "rounds": n} as its argument; prints one line of JSON. Without torch it prints {"absent": why}.
"""

import json
import statistics
import sys
import time

# About so many milliseconds are one measurement.
MEASURED_MS = 50
MOST_CALLS = 400


def timer(torch, device, step):
    """Milliseconds a call: by the GPU's own clock where there is one."""

    def measure(count):
        if device.type == "cuda":
            begun, ended = (torch.cuda.Event(enable_timing=True) for _ in range(2))
            begun.record()
            for _ in range(count):
                step()
            ended.record()
            torch.cuda.synchronize()
            return begun.elapsed_time(ended) / count
        begun = time.perf_counter()
        for _ in range(count):
            step()
        return 1000 * (time.perf_counter() - begun) / count

    measure(2)  # torch.compile compiles at the first call
    count = min(max(int(MEASURED_MS / measure(2)), 1), MOST_CALLS)
    return lambda: measure(count)


def steps_of(torch, device, side):
    """By name, what is timed: states of 1 x 3 x side x side float32, drawn anew each step by torch's own generator."""
    shape = (1, 3, side, side)
    x, x0, epsilon = (torch.randn(shape, device=device) for _ in range(3))
    a, b, s = 0.9, 0.09, 0.3

    def bare(x, x0):
        return a * x + b * x0

    def noisy(x, x0):
        return a * x + b * x0 + s * torch.randn_like(x)

    # Ho et al. 2020, eq. 7 and 15, in diffusers' order: x0 from epsilon, clipped; the posterior's mean; noise.
    alphas = torch.cumprod(1 - torch.linspace(1e-4, 0.02, 1000, device=device), 0)
    t = 500

    def ddpm(x, epsilon):
        alpha_bar, alpha_bar_before = alphas[t], alphas[t - 1]
        alpha = alpha_bar / alpha_bar_before
        predicted = (x - (1 - alpha_bar) ** 0.5 * epsilon) / alpha_bar**0.5
        predicted = predicted.clamp(-1, 1)
        of_x0 = alpha_bar_before**0.5 * (1 - alpha) / (1 - alpha_bar)
        of_x = alpha**0.5 * (1 - alpha_bar_before) / (1 - alpha_bar)
        variance = (1 - alpha_bar_before) / (1 - alpha_bar) * (1 - alpha)
        noise = torch.randn(x.shape, device=x.device)
        return of_x0 * predicted + of_x * x + variance.clamp(min=1e-20) ** 0.5 * noise

    compiled = {}

    def run_compiled(step):
        # At its first run, so that a torch without it fails by itself.
        if step not in compiled:
            compiled[step] = torch.compile(step)
        return compiled[step](x, x0)

    return {
        "torch, eager, without noise": lambda: bare(x, x0),
        "torch.compile, without noise": lambda: run_compiled(bare),
        "torch, eager, torch.randn": lambda: noisy(x, x0),
        "torch.compile, torch.randn": lambda: run_compiled(noisy),
        "diffusers’ DDPM formula, eager, torch.randn": lambda: ddpm(x, epsilon),
    }


def times_at(torch, device, side, rounds):
    """Medians over rounds in which all take turns; None with a reason for what does not run here."""
    timers, times, failed = {}, {}, {}
    for name, step in steps_of(torch, device, side).items():
        try:
            timers[name] = timer(torch, device, step)
            times[name] = []
        except Exception as error:  # torch.compile came with 2.0, and needs a compiler
            failed[name] = f"{type(error).__name__}: {error}".splitlines()[0]
    for _ in range(rounds):
        for name, measure in timers.items():
            times[name].append(measure())
    return {
        "side": side,
        "ms": {name: statistics.median(values) for name, values in times.items()},
        "failed": failed,
    }


def main():
    asked = json.loads(sys.argv[1])
    try:
        import torch
    except ImportError as error:
        print(json.dumps({"absent": str(error)}))
        return
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    name = torch.cuda.get_device_name() if device.type == "cuda" else f"the CPU, {torch.get_num_threads()} threads"
    with torch.no_grad():
        times = [times_at(torch, device, side, asked["rounds"]) for side in asked["sizes"]]
    print(json.dumps({"version": torch.__version__, "device": name, "times": times}))


main()
