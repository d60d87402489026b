"""Matrix products of the models' shapes in one thread, against the measured peak."""

from __future__ import annotations

from contextlib import ExitStack

from ..places import program
from ..rounds import Resident, run_rounds
from ..settings import Settings
from .peaks import peak_task

ROWS = (50, 400, 1600)
# Inputs and outputs of the widest layers of ViT-B and ViT-L.
SHAPES = (
    (768, 768), (768, 2304), (768, 3072), (3072, 768),
    (1024, 1024), (1024, 3072), (1024, 4096), (4096, 1024),
)  # fmt: skip
BUDGET = 60


def run(settings: Settings) -> dict:
    """Rates by processor time, which a busy machine disturbs least."""
    numbers: dict = {}
    for precision in ("float32", "bfloat16"):
        with ExitStack() as stack:
            peak = peak_task(stack, precision, 1, settings.reading / 2)
            if peak is None:
                numbers[precision] = {"missing": "the processor has no instructions for it"}
                continue
            resident = Resident(
                "product", [program("mekiki-bench"), "product", "--precision", precision]
            )
            stack.callback(resident.close)
            tasks: dict = {"peak": peak[0]}
            for inputs, outputs in SHAPES:
                for rows in ROWS:
                    tasks[inputs, outputs, rows] = (
                        lambda rows=rows, inputs=inputs, outputs=outputs: resident.ask(
                            "run", rows, inputs, outputs, settings.reading / 3
                        )
                    )
            cells = run_rounds(
                tasks,
                seconds=settings.budget(BUDGET),
                patience=settings.patience,
                rounds=settings.rounds,
                least=settings.least,
            )
            # The best reading, as a ceiling is the most that was ever reached.
            ceiling = max(r.items / r.cpu for r in cells.pop("peak").readings) / 1e9
            numbers[precision] = {
                "instructions": peak[1],
                "peak": ceiling,
                "products": [
                    {
                        "inputs": inputs,
                        "outputs": outputs,
                        "rows": rows,
                        "rate": 1e-9 / cell.summary()["cpu"],
                        "share": 1e-9 / cell.summary()["cpu"] / ceiling,
                    }
                    for (inputs, outputs, rows), cell in cells.items()
                ],
            }
            for product in numbers[precision]["products"]:
                print(
                    f"  {precision} {product['rows']:5} x {product['inputs']} x "
                    f"{product['outputs']}: {product['rate']:6.0f} GFLOP/s, "
                    f"{product['share']:.0%} of {ceiling:.0f}",
                    flush=True,
                )
    return numbers
