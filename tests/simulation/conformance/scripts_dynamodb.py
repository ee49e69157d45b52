"""What DynamoDB answers to the adapters' own requests. Each script gives what it saw, for comparison."""

from typing import Any

from botocore.exceptions import ClientError

from tests.simulation.conformance.places import Place, code_of


def item(car: str, version: int, **more: Any) -> dict[str, Any]:
    return {"carId": {"S": car}, "version": {"N": str(version)}, **more}


def error_of(call: Any, client: Any) -> Any:
    """Return a refused request as its caller sees it: the code, whether the client class fits, and the item."""
    try:
        call()
    except client.exceptions.ConditionalCheckFailedException as failed:
        return [failed.response["Error"]["Code"], failed.operation_name, failed.response.get("Item")]
    except ClientError as failed:
        return code_of(failed)
    return "no error"


def a_commit_is_written_once(place: Place) -> Any:
    table, client = place.table("carId", "version"), place.dynamodb

    def write(color: str, version: int) -> Any:
        commit = item("a", version, color={"S": color})
        condition = "attribute_not_exists(carId)"
        return error_of(lambda: client.put_item(TableName=table, Item=commit, ConditionExpression=condition), client)

    seen = [write("red", 1), write("blue", 1), write("blue", 2)]
    key = item("a", 1)
    return [seen, client.get_item(TableName=table, Key=key, ConsistentRead=True)["Item"]["color"]]


def a_refused_write_tells_what_it_met_where_asked(place: Place) -> Any:
    table, client = place.table("key"), place.dynamodb

    def keep(expires_at: int, now: int) -> Any:
        return error_of(
            lambda: client.put_item(
                TableName=table,
                Item={"key": {"S": "k"}, "expiresAt": {"N": str(expires_at)}},
                ConditionExpression="attribute_not_exists(#key) OR expiresAt <= :now",
                ExpressionAttributeNames={"#key": "key"},
                ExpressionAttributeValues={":now": {"N": str(now)}},
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            ),
            client,
        )

    return [keep(100, 10), keep(200, 99), keep(300, 100), keep(400, 1)]


def the_view_takes_no_older_version(place: Place) -> Any:
    table, client = place.table("carId"), place.dynamodb

    def put(version: int) -> Any:
        return error_of(
            lambda: client.put_item(
                TableName=table,
                Item=item("a", version),
                ConditionExpression="attribute_not_exists(carId) OR version <= :version",
                ExpressionAttributeValues={":version": {"N": str(version)}},
            ),
            client,
        )

    seen = [put(9), put(10), put(10), put(9)]
    return [seen, client.get_item(TableName=table, Key={"carId": {"S": "a"}})["Item"]]


def an_outcome_stands_unless_it_failed(place: Place) -> Any:
    table, client = place.table("commandId"), place.dynamodb

    def record(status: str) -> Any:
        return error_of(
            lambda: client.put_item(
                TableName=table,
                Item={"commandId": {"S": "c"}, "status": {"S": status}},
                ConditionExpression="attribute_not_exists(commandId) OR #status = :failed",
                ExpressionAttributeNames={"#status": "status"},
                ExpressionAttributeValues={":failed": {"S": "failed"}},
            ),
            client,
        )

    other = client.get_item(TableName=table, Key={"commandId": {"S": "x"}})
    return [record("failed"), record("refused"), record("failed"), "Item" in other]


def one_request_reads_items_of_several_tables(place: Place) -> Any:
    commits, outcomes, client = place.table("carId", "version"), place.table("commandId"), place.dynamodb
    client.put_item(TableName=commits, Item=item("a", 2, color={"S": "red"}))
    client.put_item(TableName=outcomes, Item={"commandId": {"S": "c"}})

    def read(version: int, command: str, outcomes: str = outcomes) -> Any:
        keys = {commits: item("a", version), outcomes: {"commandId": {"S": command}}}
        asked = {table: {"Keys": [key], "ConsistentRead": True} for table, key in keys.items()}
        answer = client.batch_get_item(RequestItems=asked)
        return [answer["Responses"].get(commits), answer["Responses"].get(outcomes), answer["UnprocessedKeys"]]

    return [read(2, "c"), read(1, "c"), read(2, "x"), read(3, "x"), error_of(lambda: read(2, "c", "nowhere"), client)]


def history(place: Place, versions: int) -> str:
    table = place.table("carId", "version")
    for version in range(1, versions + 1):
        place.dynamodb.put_item(TableName=table, Item=item("a", version))
    place.dynamodb.put_item(TableName=table, Item=item("b", 7))
    return table


def pages(place: Place, table: str, comparison: str, version: int, **more: Any) -> list[Any]:
    """Read page by page, until no page follows; of each, its versions and whether it named a last key."""
    query = {
        "TableName": table,
        "ConsistentRead": True,
        "KeyConditionExpression": f"carId = :carId AND version {comparison} :version",
        "ExpressionAttributeValues": {":carId": {"S": "a"}, ":version": {"N": str(version)}},
        **more,
    }
    seen: list[Any] = []
    while True:
        page = place.dynamodb.query(**query)
        last = page.get("LastEvaluatedKey")
        seen.append([[int(found["version"]["N"]) for found in page["Items"]], last])
        if last is None:
            return seen
        query["ExclusiveStartKey"] = last


def pages_follow_the_sort_key(place: Place) -> Any:
    table = history(place, 12)
    return [
        pages(place, table, ">=", 1),
        pages(place, table, ">=", 1, Limit=5),
        pages(place, table, ">=", 1, Limit=5, ScanIndexForward=False),
        pages(place, table, ">", 9, Limit=2),
        pages(place, table, "<=", 10, Limit=4, ScanIndexForward=False),
        pages(place, table, ">", 12, Limit=4),
    ]


def a_page_that_ends_by_its_limit_names_a_last_key(place: Place) -> Any:
    return pages(place, history(place, 4), ">=", 1, Limit=2)


def an_index_is_read_in_its_own_order(place: Place) -> Any:
    table, client = place.table("carId", index=("byModel", "makeModel", "colorCarId")), place.dynamodb
    for car, color in [("3", "red"), ("1", "red"), ("2", "blue"), ("4", "")]:
        listed = {"makeModel": {"S": "BMW#M3"}, "colorCarId": {"S": f"{color}#{car}"}} if color else {}
        client.put_item(TableName=table, Item={"carId": {"S": car}, **listed})

    def read(condition: str, limit: int, start: Any, **values: str) -> tuple[list[str], Any]:
        sort = {"#sort": "colorCarId"} if values else {}
        page = client.query(
            TableName=table,
            IndexName="byModel",
            Limit=limit,
            KeyConditionExpression="#partition = :partition" + condition,
            ExpressionAttributeNames={"#partition": "makeModel"} | sort,
            ExpressionAttributeValues={":partition": {"S": "BMW#M3"}, **{f":{n}": {"S": v} for n, v in values.items()}},
            **({"ExclusiveStartKey": start} if start else {}),
        )
        return [found["carId"]["S"] for found in page["Items"]], page.get("LastEvaluatedKey")

    first, last = read("", 2, None)
    return [first, last, read("", 2, last)[0], read(" AND begins_with(#sort, :prefix)", 9, None, prefix="red#")]


def the_stream_tells_each_change_in_order(place: Place) -> Any:
    table, client = place.table("carId", "version", stream=True), place.dynamodb
    for version, color in [(1, "red"), (2, "red"), (2, "red"), (2, "blue"), (3, "red")]:
        client.put_item(TableName=table, Item=item("a", version, color={"S": color}))
    error_of(
        lambda: client.put_item(TableName=table, Item=item("a", 1), ConditionExpression="attribute_not_exists(carId)"),
        client,
    )
    return [
        [record["eventName"], record["dynamodb"]["Keys"], record["dynamodb"]["NewImage"], record["eventSource"]]
        for record in place.changes(table)
    ]


def a_table_that_is_not_there_is_an_error(place: Place) -> Any:
    client = place.dynamodb
    return error_of(lambda: client.get_item(TableName="nowhere", Key={"carId": {"S": "a"}}), client)


SCRIPTS = (
    a_commit_is_written_once,
    a_refused_write_tells_what_it_met_where_asked,
    the_view_takes_no_older_version,
    an_outcome_stands_unless_it_failed,
    one_request_reads_items_of_several_tables,
    pages_follow_the_sort_key,
    a_page_that_ends_by_its_limit_names_a_last_key,
    an_index_is_read_in_its_own_order,
    the_stream_tells_each_change_in_order,
    a_table_that_is_not_there_is_an_error,
)
