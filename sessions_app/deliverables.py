"""What the sessions hand over; each part of the desk declares its own."""

from .design import deliverables as _cartas  # noqa: F401
from .kit import deliverables as _kits  # noqa: F401
from .record import deliverables as _records  # noqa: F401
from .workplan import deliverables as _work_plan  # noqa: F401
