namespace Dataverse.Sync.BusinessCentral.Tests.Writing;

public sealed class WriteTests
{
    private static readonly Guid Id = new("aaaaaaaa-0000-0000-0000-000000000001");
    private static readonly Guid Other = new("aaaaaaaa-0000-0000-0000-000000000002");

    [Fact]
    public async Task A_batch_holds_each_operation_in_the_services_form()
    {
        using var service = StubService.Answering(request => StubBatch.Answer(request, part => part.Method switch
        {
            "POST" => (201, StubBatch.Customer(Other)),
            "PATCH" => (200, StubBatch.Customer(Id)),
            _ => (204, null),
        }));

        var results = await service.Connector.WriteAsync(
            new WriteBatch("customers", [
                new() { Kind = WriteKind.Insert, Id = Guid.Empty, Fields = [new("displayName", FieldValue.Text("Söhne \"&\" Co")), new("number", FieldValue.Text("C1"))] },
                new() { Kind = WriteKind.Update, Id = Id, ExpectedVersion = "W/\"old\"", Fields = [new("city", FieldValue.Blank)] },
                new() { Kind = WriteKind.Delete, Id = Id },
            ]),
            default);

        results.Select(result => result.Status).Should().AllBeEquivalentTo(WriteStatus.Applied);
        var request = service.Requests.Should().ContainSingle().Subject;
        request.Line.Should().Be("POST /v2.0/production/api/v2.0/$batch");
        request.Headers.Should().Contain(new Dictionary<string, string>
        {
            ["Accept"] = "application/json",
            ["Content-Type"] = "application/json",
            ["Prefer"] = "odata.continue-on-error",
        });
        request.Headers.Should().NotContainKey("Isolation");
        request.Body.Should().Be(
            """{"requests":[{"id":"0","method":"POST","url":"companies(11111111-2222-3333-4444-555555555555)/customers","headers":{"Content-Type":"application/json"},"body":{"number":"C1","displayName":"S\u00F6hne \u0022\u0026\u0022 Co"}},"""
            + """{"id":"1","method":"PATCH","url":"companies(11111111-2222-3333-4444-555555555555)/customers(aaaaaaaa-0000-0000-0000-000000000001)","headers":{"Content-Type":"application/json","If-Match":"W/\u0022old\u0022"},"body":{"city":""}},"""
            + """{"id":"2","method":"DELETE","url":"companies(11111111-2222-3333-4444-555555555555)/customers(aaaaaaaa-0000-0000-0000-000000000001)","headers":{"If-Match":"*"}}]}""");
    }

    [Fact]
    public async Task The_answer_of_a_write_tells_id_version_and_record()
    {
        using var service = StubService.Answering(request => StubBatch.Answer(request, part => part.Method == "POST" ? (201, StubBatch.Customer(Other)) : (200, StubBatch.Customer(Id))));

        var inserted = await service.WriteAsync(new() { Kind = WriteKind.Insert, Id = Guid.Empty, Fields = [new("displayName", FieldValue.Text("Name"))] });
        var updated = await service.WriteAsync(new() { Kind = WriteKind.Update, Id = Id, Fields = [new("displayName", FieldValue.Text("Name"))] });

        inserted.Should().BeEquivalentTo(new { Status = WriteStatus.Applied, Id = Other, Version = "W/\"new\"" });
        inserted.Record!["number"].Should().Be(FieldValue.Text("C1"), "the service fills fields that were not sent");
        inserted.Record.ModifiedOn.Should().NotBeNull();
        updated.Should().BeEquivalentTo(new { Status = WriteStatus.Applied, Id, Version = "W/\"new\"" });
        updated.Record!.ModifiedOn.Should().BeNull("the answer to an update may tell the stamp of before");
    }

    [Fact]
    public async Task Blanks_and_values_are_written_by_the_type_of_the_field_and_never_null()
    {
        using var service = StubService.Answering(request => StubBatch.Answer(request, _ => (204, null)));

        _ = await service.WriteAsync(new() { Kind = WriteKind.Update, Id = Id, Fields = [.. Fields.Select(field => new FieldWrite(field.Name, FieldValue.Blank))] }, "projects");
        _ = await service.WriteAsync(new() { Kind = WriteKind.Update, Id = Id, Fields = [.. Fields.Select(field => new FieldWrite(field.Name, field.Value)).Reverse()] }, "projects");
        _ = await service.WriteAsync(new()
        {
            Kind = WriteKind.Update,
            Id = Id,
            Fields = [new("taxLiable", FieldValue.Blank), new("creditLimit", FieldValue.Blank), new("currencyId", FieldValue.Blank)],
        });
        _ = await service.WriteAsync(new()
        {
            Kind = WriteKind.Update,
            Id = Id,
            Fields = [new("taxLiable", FieldValue.Boolean(true)), new("creditLimit", FieldValue.Decimal(1.50m)), new("currencyId", FieldValue.Reference(Other, "currencies"))],
        });

        service.Requests.Select(request => StubBatch.PartsOf(request)[0].Body).Should().Equal(
            """{"code":"","status":"_x0020_","startDate":"0001-01-01","startedAt":"0001-01-01T00:00:00Z","hours":0}""",
            """{"code":"ABC","status":"On_x0020_Hold","startDate":"2026-08-17","startedAt":"2026-08-17T10:15:30.12Z","hours":-5}""",
            """{"creditLimit":0,"taxLiable":false,"currencyId":"00000000-0000-0000-0000-000000000000"}""",
            """{"creditLimit":1.50,"taxLiable":true,"currencyId":"aaaaaaaa-0000-0000-0000-000000000002"}""");
    }

    [Fact]
    public async Task More_operations_than_a_batch_holds_are_several_batches()
    {
        using var service = StubService.Answering(request => StubBatch.Answer(request, _ => (204, null)));

        var results = await service.Connector.WriteAsync(new WriteBatch("customers", [.. Enumerable.Range(1, 250).Select(number => Delete(number))]), default);

        results.Should().HaveCount(250).And.OnlyContain(result => result.Status == WriteStatus.Applied);
        results.Select(result => result.Id).Should().Equal(Enumerable.Range(1, 250).Select(number => Delete(number).Id));
        service.Requests.Select(request => StubBatch.PartsOf(request).Count).Should().BeEquivalentTo([100, 100, 50]);
    }

    [Theory]
    [InlineData("balanceDue", "ReadOnlyField")]
    [InlineData("lastModifiedDateTime", "ReadOnlyField")]
    [InlineData("id", "ReadOnlyField")]
    [InlineData("nowhere", "UnknownField")]
    [InlineData("creditLimit", "ValueNotConvertible")]
    public async Task What_the_service_would_refuse_is_not_sent(string field, string code)
    {
        using var service = StubService.Answering(request => StubBatch.Answer(request, _ => (204, null)));

        var results = await service.Connector.WriteAsync(
            new WriteBatch("customers", [new() { Kind = WriteKind.Update, Id = Id, Fields = [new(field, FieldValue.Text("secret"))] }, Delete(7)]),
            default);

        results[0].Status.Should().Be(WriteStatus.Rejected);
        results[0].Error.Should().BeEquivalentTo(new { Code = code, Field = field });
        results[0].Error!.Message.Should().NotContain("secret");
        results[1].Status.Should().Be(WriteStatus.Applied);
        StubBatch.PartsOf(service.Requests.Should().ContainSingle().Subject).Should().ContainSingle();
    }

    [Theory]
    [InlineData(WriteKind.Update, 409, "Request_EntityChanged", WriteStatus.VersionMismatch)]
    [InlineData(WriteKind.Delete, 409, "Request_EntityChanged", WriteStatus.VersionMismatch)]
    [InlineData(WriteKind.Update, 412, null, WriteStatus.VersionMismatch)]
    [InlineData(WriteKind.Update, 409, null, WriteStatus.VersionMismatch)]
    [InlineData(WriteKind.Update, 409, "Application_DialogException", WriteStatus.Rejected)]
    [InlineData(WriteKind.Insert, 409, "Internal_EntityWithSameKeyExists", WriteStatus.AlreadyExists)]
    [InlineData(WriteKind.Insert, 400, "Internal_EntityWithSameKeyExists", WriteStatus.AlreadyExists)]
    [InlineData(WriteKind.Update, 404, "BadRequest_ResourceNotFound", WriteStatus.NotFound)]
    [InlineData(WriteKind.Update, 400, "Internal_RecordNotFound", WriteStatus.NotFound)]
    [InlineData(WriteKind.Update, 404, "Internal_CompanyNotFound", WriteStatus.Rejected)]
    [InlineData(WriteKind.Delete, 404, "BadRequest_ResourceNotFound", WriteStatus.Applied)]
    [InlineData(WriteKind.Delete, 404, "Internal_CompanyNotFound", WriteStatus.Rejected)]
    [InlineData(WriteKind.Delete, 404, null, WriteStatus.Transient)]
    [InlineData(WriteKind.Insert, 429, "Application_TooManyRequests", WriteStatus.Transient)]
    [InlineData(WriteKind.Insert, 503, null, WriteStatus.Unknown)]
    [InlineData(WriteKind.Insert, 503, "Internal_TenantUnavailable", WriteStatus.Transient)]
    [InlineData(WriteKind.Insert, 504, null, WriteStatus.Unknown)]
    [InlineData(WriteKind.Insert, 501, "BadRequest_MethodNotImplemented", WriteStatus.Rejected)]
    [InlineData(WriteKind.Insert, 400, "Application_StringExceededLength", WriteStatus.Rejected)]
    [InlineData(WriteKind.Insert, 500, "Internal_ServerError", WriteStatus.Unknown)]
    [InlineData(WriteKind.Insert, 408, null, WriteStatus.Unknown)]
    public async Task A_refused_part_is_judged_by_code_and_status(WriteKind kind, int status, string? code, WriteStatus expected)
    {
        using var service = StubService.Answering(request => StubBatch.Answer(request, _ => (status, code is null ? null : StubBatch.Error(code, "Control 'city' is read-only."))));
        IReadOnlyList<FieldWrite> fields = kind == WriteKind.Delete ? [] : [new("city", FieldValue.Text("Oslo"))];

        var result = await service.WriteAsync(new() { Kind = kind, Id = kind == WriteKind.Insert ? Guid.Empty : Id, ExpectedVersion = "W/\"old\"", Fields = fields });

        result.Status.Should().Be(expected);
        if (expected == WriteStatus.Applied)
        {
            result.Error.Should().BeNull();
        }
        else
        {
            result.Error!.Code.Should().NotBeNullOrEmpty();
        }

        if (expected == WriteStatus.Rejected)
        {
            result.Error.Should().Be(new SyncError(code!, "Control 'city' is read-only.", kind == WriteKind.Delete ? null : "city"));
        }
    }

    [Fact]
    public async Task Parts_after_the_one_that_stopped_the_batch_are_sent_again()
    {
        using var service = StubService.Answering(request =>
        {
            var stopped = false;
            return StubBatch.Answer(request, part =>
            {
                var isBad = part.Url.Contains("0003)", StringComparison.Ordinal) || part.Url.Contains("0004)", StringComparison.Ordinal);
                (int, string?)? answer = stopped ? null : isBad ? (400, StubBatch.Error("Application_DialogException")) : (204, null);
                stopped |= isBad;
                return answer;
            });
        });

        var results = await service.Connector.WriteAsync(new WriteBatch("customers", [.. Enumerable.Range(1, 5).Select(number => Delete(number))]), default);

        results.Select(result => result.Status).Should().Equal(WriteStatus.Applied, WriteStatus.Applied, WriteStatus.Rejected, WriteStatus.Rejected, WriteStatus.Applied);
        service.Requests.Select(request => StubBatch.PartsOf(request).Count).Should().Equal(5, 2, 1);
    }

    [Fact]
    public async Task An_insert_after_the_part_that_stopped_the_batch_is_unknown_and_not_sent_again()
    {
        using var service = StubService.Answering(request => StubBatch.Answer(
            request, part => part.Id == "0" ? (400, StubBatch.Error("Application_DialogException")) : null));
        WriteOperation Insert(string name) => new() { Kind = WriteKind.Insert, Id = Guid.Empty, Fields = [new("displayName", FieldValue.Text(name))] };

        var results = await service.Connector.WriteAsync(new WriteBatch("customers", [Insert("A"), Insert("B"), Insert("C")]), default);

        results.Select(result => result.Status).Should().Equal(
            [WriteStatus.Rejected, WriteStatus.Unknown, WriteStatus.Unknown], "the answers may have been lost on the way, and no record shows whose insert made it");
        service.Requests.Should().ContainSingle(request => request.Method == "POST");
    }

    /// <summary>Answers to a batch of three deletions that leave open what became of some of them.</summary>
    public static TheoryData<string> Ambiguous =>
    [
        """{"responses":[]}""",
        """{"responses":[{"id":"0","status":204},{"id":"2","status":204}]}""",
        """{"responses":[{"id":"0","status":204},{"id":"1","status":204}]}""",
        """{"responses":[{"id":"1","status":204},{"id":"2","status":400}]}""",
        """{"responses":[{"id":"0","status":204},{"id":"1","status":302},{"id":"2","status":204}]}""",
        """{"responses":[{"id":"0","status":204},{"id":"1","status":-204},{"id":"2","status":204}]}""",
        """{"responses":[{"id":"0","status":204},{"id":"1","status":599},{"id":"2","status":204}]}""",
        """{"responses":[{"id":"0","status":204},{"id":"1","status":400,"status":204},{"id":"2","status":204}]}""",
        """{"responses":[{"id":"0","status":204},{"id":"1","id":"2","status":204}]}""",
        """{"responses":[{"id":"0","status":204},{"id":"1","status":204},{"id":"1","status":204}]}""",
    ];

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task A_part_that_the_response_leaves_open_is_unknown_and_not_sent_again(string answer)
    {
        using var service = StubService.Answering(answer);

        var results = await service.Connector.WriteAsync(new WriteBatch("customers", [Delete(1), Delete(2), Delete(3)]), default);

        results.Should().Contain(result => result.Status == WriteStatus.Unknown).And.OnlyContain(result => result.Status != WriteStatus.Transient);
        service.Requests.Should().ContainSingle(request => request.Method == "POST");
    }

    [Fact]
    public async Task Two_inserts_that_are_told_the_same_id_are_unknown()
    {
        using var service = StubService.Answering(request => StubBatch.Answer(request, part => (201, StubBatch.Customer(part.Id == "2" ? Other : Id))));
        WriteOperation Insert(string name) => new() { Kind = WriteKind.Insert, Id = Guid.Empty, Fields = [new("displayName", FieldValue.Text(name))] };

        var results = await service.Connector.WriteAsync(new WriteBatch("customers", [Insert("A"), Insert("B"), Insert("C")]), default);

        results.Select(result => (result.Status, result.Id)).Should().Equal((WriteStatus.Unknown, Guid.Empty), (WriteStatus.Unknown, Guid.Empty), (WriteStatus.Applied, Other));
    }

    [Fact]
    public async Task An_update_that_is_answered_with_another_record_is_read_again()
    {
        using var service = StubService.Answering(request => request.Method == "GET"
            ? StubHandler.Json($$"""{"value":[{{StubBatch.Customer(Id, displayName: "New")}}]}""")
            : StubBatch.Answer(request, _ => (200, StubBatch.Customer(Other, displayName: "Theirs"))));

        var result = await service.WriteAsync(new() { Kind = WriteKind.Update, Id = Id, ExpectedVersion = "W/\"old\"", Fields = [new("displayName", FieldValue.Text("New"))] });

        result.Should().BeEquivalentTo(new { Status = WriteStatus.Applied, Id, Version = "W/\"new\"" });
        service.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(401, ConnectorFailure.Authentication)]
    [InlineData(403, ConnectorFailure.Authorization)]
    [InlineData(400, ConnectorFailure.Refused)]
    public async Task A_batch_that_is_refused_as_a_whole_stops_the_run(int status, ConnectorFailure failure)
    {
        using var service = StubService.Answering(_ => StubHandler.Error(status, "Some_Code"));

        var write = () => service.WriteAsync(Delete(1));

        (await write.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(failure);
    }

    [Fact]
    public async Task A_batch_that_never_arrived_may_be_written_later()
    {
        using var service = StubService.Answering(_ => throw new HttpRequestException(HttpRequestError.ConnectionError));

        (await service.WriteAsync(Delete(1))).Status.Should().Be(WriteStatus.Transient);
    }

    [Fact]
    public async Task A_page_that_keeps_chosen_ids_is_sent_the_id()
    {
        using var service = StubService.Answering(
            request => StubBatch.Answer(request, _ => (201, $$"""{"@odata.etag":"t","id":"{{Other}}"}""")),
            options => options.Tables["projects"] = new() { KeepsChosenIds = true });

        var result = await service.WriteAsync(new() { Kind = WriteKind.Insert, Id = Other, Fields = [new("code", FieldValue.Text("A"))] }, "projects");

        result.Should().BeEquivalentTo(new { Status = WriteStatus.Applied, Id = Other, Version = "t", Record = (TableRecord?)null });
        StubBatch.PartsOf(service.Requests[0])[0].Body.Should().Be($$"""{"id":"{{Other}}","code":"A"}""");
    }

    private static (string Name, FieldValue Value)[] Fields =>
    [
        ("code", FieldValue.Text("ABC")),
        ("status", FieldValue.Text("On Hold")),
        ("startDate", FieldValue.Date(new DateOnly(2026, 8, 17))),
        ("startedAt", FieldValue.DateTime(new DateTimeOffset(2026, 8, 17, 10, 15, 30, 120, TimeSpan.Zero))),
        ("hours", FieldValue.Decimal(-5m)),
    ];

    private static WriteOperation Delete(int number) => new() { Kind = WriteKind.Delete, Id = new Guid($"bbbbbbbb-0000-0000-0000-{number:D12}") };
}
