"""The workflow of docs/arazzo.yaml, run against the deployed system."""

from uuid import uuid4

from tests.support.pipeline import Pipeline
from tests.support.workflow import DOCUMENT, Run


def test_the_life_of_a_car_is_as_its_workflow_says(pipeline: Pipeline) -> None:
    [workflow] = DOCUMENT["workflows"]
    run = Run(pipeline.client, {"owner": str(uuid4())})
    run.run(workflow)
    assert pipeline.event_types(run.outputs["create"]["carId"])[-1] == "Deleted"
