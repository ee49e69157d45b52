"""What a stack says of itself: the operator's tools and the clients find it by these."""

from tests.contract.template.stacks import target
from tests.support.template import template_of

OUTPUTS = {
    "ApiUrl": "https://HttpApi.execute-api.AWS::Region.AWS::URLSuffix",
    "CarEventsTableName": "CarEventsTable",
    "CarViewTableName": "CarViewTable",
    "CarOutcomesTableName": "CarOutcomesTable",
    "CarTicketsTableName": "CarTicketsTable",
    "CarCommandsQueueUrl": "CarCommandsQueue",
    "CarCommandsDlqUrl": "CarCommandsDlq",
    "CarBroadcastDlqUrl": "CarBroadcastDlq",
    "CarProjectorDlqUrl": "CarProjectorDlq",
    "CarEventsTopicArn": "CarEventsTopic",
    "EventsTopicType": "TopicType",
    "CarEventSource": "tag:example.com,2026:cars/AWS::StackName",
    "CommandApiFunctionName": "CommandApi",
    "QueryApiFunctionName": "QueryApi",
    "CarCommandHandlerFunctionName": "CarCommandHandler",
    "CarEventBroadcasterFunctionName": "CarEventBroadcaster",
    "CarProjectorFunctionName": "CarProjector",
}


def test_every_output_names_its_resource() -> None:
    assert {name: target(output["Value"]) for name, output in template_of("Car")["Outputs"].items()} == OUTPUTS
