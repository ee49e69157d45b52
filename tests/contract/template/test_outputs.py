"""What a stack says of itself: the operator's tools and the clients find it by these."""

from tests.contract.template.stacks import target
from tests.support.template import template

OUTPUTS = {
    "ApiUrl": "https://HttpApi.execute-api.AWS::Region.AWS::URLSuffix",
    "EventsTableName": "EventsTable",
    "CarsViewTableName": "CarsViewTable",
    "CommandOutcomesTableName": "CommandOutcomesTable",
    "TicketsTableName": "TicketsTable",
    "CommandsQueueUrl": "CommandsQueue",
    "CommandsDlqUrl": "CommandsDlq",
    "BroadcastDlqUrl": "BroadcastDlq",
    "ProjectorDlqUrl": "ProjectorDlq",
    "EventsTopicArn": "CarEvents",
    "EventsTopicType": "TopicType",
    "EventSource": "urn:cars:AWS::StackName",
    "CommandApiFunctionName": "CommandApi",
    "QueryApiFunctionName": "QueryApi",
    "CommandHandlerFunctionName": "CommandHandler",
    "EventBroadcasterFunctionName": "EventBroadcaster",
    "CarProjectorFunctionName": "CarProjector",
}


def test_every_output_names_its_resource() -> None:
    assert {name: target(output["Value"]) for name, output in template()["Outputs"].items()} == OUTPUTS
