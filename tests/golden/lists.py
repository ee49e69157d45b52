"""Lists of cars, by each combination of filters."""

from tests.golden.lives import CAR, OWNER, content_of
from tests.golden.system import System

LISTS = {
    "cars of an owner": f"owner={OWNER}",
    "cars with a VIN": f"vin={CAR['vin']}",
    "cars of a model": "make=BMW&model=M3",
    "cars of a model in a color": "make=bmw&model=m3&color=black",
    "cars of a model in a condition": "make=BMW&model=M3&condition=good",
}


def tell(system: System) -> None:
    """Ask for each list, in pages and as a whole, and for what is not served."""
    for step, query in LISTS.items():
        system.ask(step, f"GET /cars?{query}")
        page = content_of(system.ask(f"the first page of {step}", f"GET /cars?{query}&limit=1"))
        system.ask(f"the second page of {step}", f"GET /cars{page['next']}")
    system.ask("cars that are not there", "GET /cars?make=Ford&model=Escape")
    system.ask("cars by HEAD", f"HEAD /cars?owner={OWNER}")
    system.ask("cars by no filter", "GET /cars")
    system.ask("cars by a combination that is not served", f"GET /cars?owner={OWNER}&color=red")
    _invalid(system)


def _invalid(system: System) -> None:
    system.ask("cars by every filter wrong", "GET /cars?owner=me&vin=O&make=Opel&model=Q&color=pink&condition=new")
    system.ask("cars of a model of another make", "GET /cars?make=BMW&model=F150")
    system.ask("cars by a parameter that is not there", f"GET /cars?owner={OWNER}&colour=red&a%2Fb~c=1")
    system.ask("cars by a limit too small", f"GET /cars?owner={OWNER}&limit=0")
    system.ask("cars by a limit too large", f"GET /cars?owner={OWNER}&limit=101")
    system.ask("cars by a limit that is none", f"GET /cars?owner={OWNER}&limit=1_0")
    system.ask("cars by a cursor that is none", f"GET /cars?owner={OWNER}&cursor=e30")
    system.ask("cars by a cursor too long", f"GET /cars?owner={OWNER}&cursor={'e' * 121}")
