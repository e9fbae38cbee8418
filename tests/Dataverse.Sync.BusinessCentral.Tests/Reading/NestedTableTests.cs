namespace Dataverse.Sync.BusinessCentral.Tests.Reading;

public sealed class NestedTableTests
{
    private static readonly Guid Customer = new("aaaaaaaa-0000-0000-0000-000000000001");
    private static readonly Guid Vendor = new("bbbbbbbb-0000-0000-0000-000000000001");
    private static readonly string[] Fields = ["contactNumber", "relatedId", "relatedType"];

    [Fact]
    public async Task The_table_is_read_with_both_parents_and_flattened()
    {
        using var service = StubService.Answering(AnswerParents);

        var rows = await service.Connector.FindAsync(new FieldQuery { Table = "contactsInformation", Fields = Fields, Field = "contactNumber" }, default);

        service.Requests.Select(request => request.Line).Should().BeEquivalentTo(
            $"GET {StubService.CompanyPath}/customers?$select=id&$expand=contactsInformation",
            $"GET {StubService.CompanyPath}/vendors?$select=id&$expand=contactsInformation");
        rows.Select(row => (row["contactNumber"].AsText(), row["relatedId"].AsIdentifier(), row["relatedType"].AsText())).Should().BeEquivalentTo(
            [("CT1", Customer, "Customer"), ("CT2", Customer, "Customer"), ("CT1", Vendor, "Vendor")]);
    }

    [Theory]
    [InlineData("""{"id":"cccccccc-0000-0000-0000-000000000001"}""")]
    [InlineData("""{"id":"cccccccc-0000-0000-0000-000000000001","contactsInformation":null}""")]
    [InlineData("""{"id":"cccccccc-0000-0000-0000-000000000001","contactsInformation":[],"contactsInformation":[]}""")]
    [InlineData("""{"id":"cccccccc-0000-0000-0000-000000000001","contactsInformation":[],"contactsInformation@odata.nextLink":5}""")]
    public async Task A_parent_without_the_list_that_was_asked_for_is_a_malformed_answer(string parent)
    {
        using var service = StubService.Answering($$"""{"value":[{{parent}}]}""");

        var read = () => service.ReadChangesAsync(new ChangeQuery { Table = "contactsInformation", Fields = Fields });

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
    }

    [Fact]
    public async Task Its_feed_is_always_whole()
    {
        using var service = StubService.Answering(AnswerParents);

        var pages = await service.ReadChangesAsync(new ChangeQuery { Table = "contactsInformation", Fields = Fields, Since = new Checkpoint("1;") });

        pages.Should().ContainSingle().Which.Should().Match<ChangePage>(page => page.Coverage == ChangeCoverage.WholeTable && page.Checkpoint != null && page.Records.Count == 3);
    }

    [Fact]
    public async Task Its_keys_are_listed_once_each()
    {
        using var service = StubService.Answering(AnswerParents);
        var keys = new List<Guid>();

        await foreach (var page in service.Connector.ReadKeysAsync("contactsInformation", default))
        {
            keys.AddRange(page.Select(key => key.Id));
        }

        keys.Should().HaveCount(2).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Few_parents_are_asked_in_one_batch_and_those_that_do_not_exist_hold_nothing()
    {
        using var service = StubService.Answering(request => request.Method == "GET"
            ? StubHandler.Error(404, "BadRequest_ResourceNotFound")
            : StubBatch.Answer(request, part => part.Url.Contains($"customers({Customer})", StringComparison.Ordinal)
                ? (200, $$"""{"value":[{{Row(1, Customer, "Customer")}}]}""")
                : (404, StubBatch.Error("BadRequest_ResourceNotFound"))));

        var rows = await service.Connector.FindAsync(
            new FieldQuery { Table = "contactsInformation", Fields = Fields, Field = "relatedId", Values = [FieldValue.Identifier(Customer)] }, default);

        rows.Should().ContainSingle();
        StubBatch.PartsOf(service.Requests[0]).Select(part => part.Url).Should().BeEquivalentTo(
            $"companies({StubService.Company})/customers({Customer})/contactsInformation",
            $"companies({StubService.Company})/vendors({Customer})/contactsInformation");
    }

    [Fact]
    public async Task A_list_of_a_parent_that_goes_on_elsewhere_is_followed_there()
    {
        using var service = StubService.Answering(request => request.Line.EndsWith("/more", StringComparison.Ordinal)
            ? StubHandler.Json($$"""{"value":[{{Row(3, Customer, "Customer")}}]}""")
            : StubHandler.Json($$"""{"value":[{"id":"{{Customer}}","contactsInformation@odata.nextLink":"{{StubService.Origin}}/more","contactsInformation":[]}]}"""));

        var rows = await service.Connector.FindAsync(new FieldQuery { Table = "contactsInformation", Fields = Fields, Field = "contactNumber", Values = [FieldValue.Text("ct3")] }, default);

        rows.Should().NotBeEmpty().And.OnlyContain(row => row["contactNumber"].AsText() == "CT3");
    }

    [Fact]
    public async Task It_cannot_be_written()
    {
        using var service = StubService.Answering("{}");

        var result = await service.WriteAsync(new WriteOperation { Kind = WriteKind.Delete, Id = Customer }, "contactsInformation");

        result.Status.Should().Be(WriteStatus.Rejected);
        service.Requests.Should().BeEmpty();
    }

    private static HttpResponseMessage AnswerParents(SentRequest request) => StubHandler.Json(request.Line.Contains("/customers?", StringComparison.Ordinal)
        ? $$"""
          {"value":[{"@odata.etag":"x","id":"{{Customer}}","contactsInformation":[{{Row(1, Customer, "Customer")}},{{Row(2, Customer, "Customer")}}]},
                    {"@odata.etag":"x","id":"aaaaaaaa-0000-0000-0000-000000000002","contactsInformation":[]}]}
          """
        : $$"""{"value":[{"@odata.etag":"x","id":"{{Vendor}}","contactsInformation":[{{Row(1, Vendor, "Vendor")}}]}]}""");

    private static string Row(int number, Guid related, string type) =>
        $$"""{"@odata.etag":"x","contactId":"cccccccc-0000-0000-0000-00000000000{{number}}","contactNumber":"CT{{number}}","contactName":"n","contactType":"Person","relatedId":"{{related}}","relatedType":"{{type}}"}""";
}
