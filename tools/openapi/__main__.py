"""Write the API's description to the file that query_api serves: make openapi."""

from tools.openapi.checked_in import FILE, written
from tools.openapi.document import openapi_document

if __name__ == "__main__":
    FILE.write_text(written(openapi_document()), encoding="utf-8")
    print(FILE)
