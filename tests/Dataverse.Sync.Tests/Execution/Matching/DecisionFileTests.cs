using System.Globalization;
using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Execution.Matching;

/// <summary>Decisions about doubtful records leave as a file and come back as one.</summary>
public sealed class DecisionFileTests
{
    [Fact]
    public async Task A_file_without_decisions_changes_nothing()
    {
        using var crm = NewFixture();
        _ = await TwoAccountsAsync(crm);
        var file = await ExportAsync(crm);

        var import = await ImportAsync(crm, file);

        import.Decisions.Should().BeEmpty();
        import.RowsWithoutDecision.Should().Be(6);
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Couple_couples_the_record_with_the_candidate_of_the_row()
    {
        using var crm = NewFixture();
        var (customer, accounts) = await TwoAccountsAsync(crm);
        var file = await ExportAsync(crm);

        var import = await ImportAsync(crm, Decide(file, customer, accounts[1], "couple"));
        _ = await crm.ModifiedAsync();

        var decision = import.Decisions.Should().ContainSingle().Subject;
        (decision.Decision, decision.Record, decision.Error)
            .Should().Be((DoubtDecision.Couple, new RecordKey(SyncSide.Local, customer), null));
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(accounts[1]);
        crm.Accounts.Find(accounts[1])!["postalcode"].AsText().Should().Be("1000");
    }

    [Fact]
    public async Task Create_and_ignore_decide_row_by_row()
    {
        using var crm = NewFixture();
        var (customer, accounts) = await TwoAccountsAsync(crm);
        var file = await ExportAsync(crm);
        file = Decide(file, customer, accounts[0], " Create ");
        file = Decide(file, accounts[0], customer, "IGNORE");

        var import = await ImportAsync(crm, file);

        (import.CarriedOut, import.Refused).Should().Be((2, 0));
        crm.Accounts.Count.Should().Be(3);
        (await crm.FailuresAsync()).Should().HaveCount(2)
            .And.ContainSingle(failure => failure.Record.Id == accounts[0] && failure.State == RecordFailureState.Skipped);
    }

    [Fact]
    public async Task A_pair_that_a_person_uncoupled_is_listed_exported_and_coupled_again()
    {
        using var crm = new EngineFixture();
        var (customer, account) = await crm.NewPairAsync();
        _ = await crm.Engine.Couplings.UncoupleAsync("CUSTOMER", SyncSide.Local, [customer]);
        var listed = await ToListAsync(crm.Engine.Doubts.ListUncoupledAsync("CUSTOMER"));
        var file = await ExportAsync(crm);

        var import = await ImportAsync(crm, Decide(file, customer, account, "couple"));
        _ = await crm.ModifiedAsync();
        crm.Later();
        crm.Customers.Update(customer, ("displayName", "Again"));
        _ = await crm.ModifiedAsync();

        listed.Select(failure => failure.Record.Id).Should().BeEquivalentTo([customer, account]);
        import.CarriedOut.Should().Be(1);
        crm.Name(account).Should().Be("Again");
        (await ToListAsync(crm.Engine.Doubts.ListUncoupledAsync("CUSTOMER"))).Should().BeEmpty();
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task A_record_that_changed_since_the_export_is_left_as_it_is(SyncSide changed)
    {
        using var crm = NewFixture();
        var (customer, accounts) = await TwoAccountsAsync(crm);
        var file = Decide(await ExportAsync(crm), customer, accounts[0], "couple");
        _ = changed == SyncSide.Local
            ? crm.Customers.Update(customer, ("website", "changed"))
            : crm.Accounts.Update(accounts[0], ("websiteurl", "changed"));

        var import = await ImportAsync(crm, file);

        import.Decisions.Should().ContainSingle().Which.Error!.Code.Should().Be(SyncErrorCodes.ConcurrentModification);
        (await crm.CouplingsAsync()).Should().BeEmpty();
        (await crm.FailuresAsync()).Should().HaveCount(3)
            .And.OnlyContain(failure => failure.State == RecordFailureState.Doubtful);
    }

    [Fact]
    public async Task Each_row_that_cannot_be_carried_out_says_why_and_the_others_are()
    {
        using var crm = NewFixture();
        var (customer, accounts) = await TwoAccountsAsync(crm);
        var stranger = crm.Insert(SyncSide.Integration, "Stranger");
        var file = await ExportAsync(crm);
        var known = file.Split("\r\n").First(row => row.Contains($"{customer}", StringComparison.Ordinal)
            && row.Contains($"{accounts[0]}", StringComparison.Ordinal) && row.StartsWith(",local", StringComparison.Ordinal));
        var rows = new[]
        {
            "couple" + known.Replace($"{customer}", $"{Guid.NewGuid()}", StringComparison.Ordinal)
                .Replace($"{accounts[0]}", $"{Guid.NewGuid()}", StringComparison.Ordinal),
            "couple" + known.Replace($"{accounts[0]}", $"{stranger}", StringComparison.Ordinal),
            "marry" + known,
            "couple,local,no id,v0,integration,,,,,",
            "couple,local",
            "couple" + known,
        };

        var import = await ImportAsync(crm, file.Split("\r\n")[0] + "\r\n" + string.Join("\r\n", rows));

        import.Decisions.Select(decision => decision.Row).Should().Equal(2, 3, 4, 5, 6, 7);
        import.Decisions[0].Error!.Code.Should().Be(SyncErrorCodes.NotDoubtful);
        import.Decisions.Skip(2).Take(3).Select(decision => decision.Error!.Code)
            .Should().OnlyContain(code => code == SyncErrorCodes.DecisionUnclear);
        import.Decisions[1].Error!.Code.Should().Be(SyncErrorCodes.DecisionUnclear, "rows 3 and 7 couple one record with two");
        import.Decisions[5].Error!.Code.Should().Be(SyncErrorCodes.DecisionUnclear);
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_record_that_is_no_candidate_is_not_coupled()
    {
        using var crm = NewFixture();
        var (customer, accounts) = await TwoAccountsAsync(crm);
        var stranger = crm.Insert(SyncSide.Integration, "Stranger");
        var file = Decide(await ExportAsync(crm), customer, accounts[0], "couple");

        var import = await ImportAsync(crm, file.Replace(
            $"integration,{accounts[0]}", $"integration,{stranger}", StringComparison.Ordinal));

        import.Decisions.Should().ContainSingle().Which.Error!.Code.Should().Be(SyncErrorCodes.NotACandidate);
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_decision_about_a_pair_in_the_rows_of_both_records_is_one()
    {
        using var crm = NewFixture();
        var (customer, accounts) = await TwoAccountsAsync(crm);
        var file = Decide(await ExportAsync(crm), customer, accounts[0], "couple");
        file = Decide(file, accounts[0], customer, "couple");

        var import = await ImportAsync(crm, file);
        var again = await ImportAsync(crm, file);

        (import.CarriedOut, import.Refused).Should().Be((2, 0));
        (await crm.CouplingsAsync()).Should().ContainSingle();
        again.Decisions.Should().OnlyContain(decision => decision.Error!.Code == SyncErrorCodes.NotDoubtful);
    }

    [Theory]
    [InlineData("=LINK(\"http://x\")")]
    [InlineData("+1 234")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData(" =1")]
    [InlineData("\uFF1D1")]
    public async Task No_value_is_a_formula_to_a_spreadsheet(string name)
    {
        using var crm = NewFixture();
        _ = crm.Customers.Insert(("displayName", name));
        _ = crm.Accounts.Insert(("name", name));
        _ = crm.Accounts.Insert(("name", name));
        _ = await crm.FullAsync();

        var file = await ExportAsync(crm, new() { IncludesValues = true });

        var cells = file.Split("\r\n").Skip(1).SelectMany(row => row.Split(',')).Select(cell => cell.Trim('"')).ToList();
        cells.Should().Contain(cell => cell.StartsWith('\'')).And.OnlyContain(cell =>
            cell.TrimStart().Length == 0 || !"=+-@\uFF1D".Contains(cell.TrimStart()[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Values_appear_only_if_the_caller_asks_for_them()
    {
        using var crm = NewFixture();
        _ = await TwoAccountsAsync(crm);

        var without = await ExportAsync(crm);
        var with = await ExportAsync(crm, new() { IncludesValues = true });

        without.Should().NotContain("Adatum").And.NotContain("1000");
        with.Should().Contain("Adatum").And.Contain("1000");
    }

    [Fact]
    public async Task A_file_survives_a_spreadsheet_of_another_culture()
    {
        using var crm = NewFixture();
        var (customer, accounts) = await TwoAccountsAsync(crm);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(string.Empty)
            {
                NumberFormat = new() { NumberDecimalSeparator = ",", NegativeSign = "\u2212" },
            };
            var file = Decide(await ExportAsync(crm), customer, accounts[0], "Couple");
            var saved = "\uFEFF" + file.Replace(',', ';').Replace("\r\n", "\n", StringComparison.Ordinal) + ";;;;\n";

            var import = await ImportAsync(crm, saved);

            import.Decisions.Should().ContainSingle().Which.IsCarriedOut.Should().BeTrue();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public async Task Line_breaks_quotation_marks_and_separators_in_values_survive()
    {
        using var crm = NewFixture();
        var (customer, accounts) = await TwoAccountsAsync(crm, "A\r\nb; \"c\", d");
        var file = Decide(await ExportAsync(crm, new() { IncludesValues = true }), customer, accounts[0], "couple");

        var import = await ImportAsync(crm, file);

        import.Decisions.Should().ContainSingle().Which.IsCarriedOut.Should().BeTrue();
        import.RowsWithoutDecision.Should().Be(5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("name,number\r\nAdatum,1")]
    [InlineData("decision,side,record,record_version,candidate_side,candidate,candidate_version\r\n\"couple,local")]
    public async Task A_file_that_is_none_of_decisions_is_refused(string file)
    {
        using var crm = NewFixture();
        _ = await TwoAccountsAsync(crm);

        var import = () => ImportAsync(crm, file);

        _ = await import.Should().ThrowAsync<FormatException>();
    }

    [Fact]
    public async Task A_run_that_cannot_create_answers_the_rows_and_keeps_what_was_coupled()
    {
        using var crm = NewFixture();
        var (customer, accounts) = await TwoAccountsAsync(crm);
        var second = crm.Insert(SyncSide.Local, "Fabrikam");
        _ = crm.Insert(SyncSide.Integration, "Fabrikam");
        _ = crm.Insert(SyncSide.Integration, "Fabrikam");
        _ = await crm.FullAsync();
        var file = Decide(await ExportAsync(crm), customer, accounts[0], "couple");
        file = Decide(file, second, null, "create");
        crm.Integration.Faults.Fail(InMemoryOperation.Write, ConnectorFailure.Unreachable);

        var import = await ImportAsync(crm, file);

        import.Decisions.Should().ContainSingle(decision => decision.IsCarriedOut)
            .Which.Record!.Value.Id.Should().Be(customer);
        import.Decisions.Should().ContainSingle(decision => !decision.IsCarriedOut)
            .Which.Record!.Value.Id.Should().Be(second);
    }

    [Fact]
    public async Task Two_records_that_are_to_be_coupled_with_one_are_both_refused()
    {
        using var crm = NewFixture();
        Guid[] customers = [crm.Insert(SyncSide.Local, "Adatum"), crm.Insert(SyncSide.Local, "Adatum")];
        var account = crm.Insert(SyncSide.Integration, "Adatum");
        _ = await crm.FullAsync();
        var file = Decide(await ExportAsync(crm), customers[0], account, "couple");

        var import = await ImportAsync(crm, Decide(file, customers[1], account, "couple"));

        import.Decisions.Should().HaveCount(2)
            .And.OnlyContain(decision => decision.Error!.Code == SyncErrorCodes.DecisionUnclear);
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Columns_may_be_moved_added_and_removed_and_lines_may_end_as_on_an_old_Macintosh()
    {
        using var crm = NewFixture();
        var (customer, accounts) = await TwoAccountsAsync(crm);
        var rows = Decide(await ExportAsync(crm), customer, accounts[0], "couple").TrimEnd().Split("\r\n")
            .Select(row => row.Split(',')).Select((row, place) =>
                string.Join(',', row.Take(7).Reverse().Append(place == 0 ? "remark" : "=\"a, b\"").Select(cell => $"\"{cell.Replace("\"", "\"\"")}\"")));

        var import = await ImportAsync(crm, string.Join('\r', rows));

        import.Decisions.Should().ContainSingle().Which.IsCarriedOut.Should().BeTrue();
        (await crm.CouplingOfAsync(customer))!.IntegrationId.Should().Be(accounts[0]);
    }

    [Fact]
    public async Task A_partner_that_the_direction_does_not_let_be_created_is_answered_with_the_reason()
    {
        using var crm = new EngineFixture(mapping => mapping.MatchOnNothing().MatchOn("displayName", "name"));
        var (_, accounts) = await TwoAccountsAsync(crm);
        var file = Decide(await ExportAsync(crm), accounts[0], null, "create");
        crm.Engine.Mappings.Change("CUSTOMER", mapping => mapping.Direction(SyncDirection.ToIntegrationTable));

        var import = await ImportAsync(crm, file);

        import.Decisions.Should().ContainSingle().Which.Error!.Code.Should().Be(SyncErrorCodes.NotCoupled);
        (crm.Customers.Count, crm.Accounts.Count).Should().Be((1, 2));
    }

    [Fact]
    public async Task A_file_is_not_imported_while_the_mapping_runs()
    {
        using var crm = NewFixture();
        var (customer, accounts) = await TwoAccountsAsync(crm);
        var file = Decide(await ExportAsync(crm), customer, accounts[0], "couple");
        _ = await crm.Memory.TryAcquireLeaseAsync(
            new(crm.Engine.Scope.Name, "CUSTOMER"), "somebody", TimeSpan.FromHours(1), default);

        var import = () => ImportAsync(crm, file);

        _ = await import.Should().ThrowAsync<MappingBusyException>();
        (await crm.CouplingsAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_system_without_versions_tells_changes_by_values(bool isEdited, bool isCarriedOut)
    {
        using var crm = NewFixture();
        using var engine = new SyncEngine(new()
        {
            Local = new ForeignConnector(crm.Local, hasVersions: false),
            Integration = new ForeignConnector(crm.Integration, hasVersions: false),
            Store = new InMemoryCouplingStore(crm.Time),
            TimeProvider = crm.Time,
            Mappings = [CrmTables.Salesperson(), CrmTables.Customer(mapping => mapping.MatchOnNothing().MatchOn("displayName", "name"))],
        });
        var customer = crm.Insert(SyncSide.Local, "Adatum");
        Guid[] accounts = [crm.Insert(SyncSide.Integration, "Adatum"), crm.Insert(SyncSide.Integration, "Adatum")];
        _ = await engine.SynchronizeFullAsync("CUSTOMER");
        using var writer = new StringWriter();
        _ = await engine.Doubts.ExportAsync("CUSTOMER", writer);
        if (isEdited)
        {
            crm.Accounts.Update(accounts[0], ("postalcode", "2000"));
        }

        using var reader = new StringReader(Decide(writer.ToString(), customer, accounts[0], "couple"));
        var import = await engine.Doubts.ImportAsync("CUSTOMER", reader);

        import.Decisions.Should().ContainSingle().Which.IsCarriedOut.Should().Be(isCarriedOut);
    }

    private static EngineFixture NewFixture() =>
        new(mapping => mapping.MatchOnNothing().MatchOn("displayName", "name"));

    // A customer and two accounts of its name: three doubtful records, and six rows.
    private static async Task<(Guid Customer, Guid[] Accounts)> TwoAccountsAsync(EngineFixture crm, string name = "Adatum")
    {
        var customer = crm.Customers.Insert(("displayName", name), ("postalCode", "1000")).Id;
        Guid[] accounts = [crm.Insert(SyncSide.Integration, name), crm.Insert(SyncSide.Integration, name)];
        _ = await crm.FullAsync();
        crm.Later();
        return (customer, accounts);
    }

    private static async Task<string> ExportAsync(EngineFixture crm, DecisionExportOptions? options = null)
    {
        using var writer = new StringWriter();
        _ = await crm.Engine.Doubts.ExportAsync("CUSTOMER", writer, options);
        return writer.ToString();
    }

    private static async Task<DecisionImport> ImportAsync(EngineFixture crm, string file)
    {
        using var reader = new StringReader(file);
        return await crm.Engine.Doubts.ImportAsync("CUSTOMER", reader);
    }

    private static string Decide(string file, Guid record, Guid? candidate, string decision)
    {
        var rows = file.Split("\r\n").ToList();
        var row = rows.FindIndex(text => text.Split(',') is [_, _, var id, _, _, var other, ..]
            && id == $"{record}" && (candidate is null || other == $"{candidate}"));
        rows[row] = decision + rows[row];
        return string.Join("\r\n", rows);
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
