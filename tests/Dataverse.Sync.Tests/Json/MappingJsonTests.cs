using CsCheck;
using Dataverse.Sync.Documents;

namespace Dataverse.Sync.Tests.Json;

public sealed class MappingJsonTests
{
    [Fact]
    public void Mapping_that_is_written_and_read_is_the_same_and_so_is_its_text() => RandomMappings.Mapping.Sample(mapping =>
    {
        var json = mapping.ToJson(RandomMappings.Code);
        var read = MappingJson.Parse(json, code: RandomMappings.Code).Single();

        read.Should().BeEquivalentTo(mapping, options => options
            .ComparingByMembers<MatchGroup>().ComparingByMembers<LookupMapping>().ComparingByMembers<LookupLink>()
            .ComparingByValue<RecordFilter>().ComparingByValue<UntypedComparison>().ComparingByValue<TextPattern>()
            .ComparingByValue<FieldComparison>().ComparingByValue<ReferenceTarget>().ComparingByValue<ITransformationRule>()
            .ComparingByValue<AllOf>().ComparingByValue<AnyOf>().ComparingByValue<Negation>()
            .ComparingByValue<FieldValue>().ComparingByValue<FieldMappingKey>().ComparingByValue<TimeZoneInfo>()
            .RespectingRuntimeTypes().WithStrictOrdering().AllowingInfiniteRecursion());
        read.ToJson(RandomMappings.Code).Should().Be(json);
    });

    [Fact]
    public void Stored_difference_leads_from_any_mapping_to_any_other() =>
        Gen.Select(RandomMappings.Mapping, RandomMappings.Mapping).Sample((before, after) =>
        {
            if (OverrideDocument.Write(before, after, RandomMappings.Code) is not { } difference)
            {
                after.ToJson(RandomMappings.Code).Should().Be(before.ToJson(RandomMappings.Code));
                return;
            }

            var read = OverrideDocument.Read("MAPPING", difference, before, RandomMappings.Code);

            read.Problems.Should().BeEmpty();
            read.Obsolete.Should().BeEmpty();
            read.Mapping!.ToJson(RandomMappings.Code).Should().Be(after.ToJson(RandomMappings.Code));
            OverrideDocument.Compare(before, after, RandomMappings.Code).Should().NotBeEmpty();
            OverrideDocument.Write(before, read.Mapping, RandomMappings.Code).Should().Be(difference);
        });

    [Fact]
    public void Constant_without_a_value_can_be_changed_in_another_respect()
    {
        var before = Contact().IntegrationConstant("new_note", FieldValue.Blank).Build();
        var after = Contact().IntegrationConstant("new_note", FieldValue.Blank, field => field.OnInsertOnly()).Build();

        var read = OverrideDocument.Read("CONTACT", OverrideDocument.Write(before, after, new())!, before, new());

        read.Problems.Should().BeEmpty();
        read.Mapping!.ToJson().Should().Be(after.ToJson());
    }

    [Fact]
    public void Stored_difference_meets_defaults_that_have_changed()
    {
        var before = Contact().Build();
        var after = Contact()
            .Field("fax", "fax", field => field.Disabled()).Field("phone", "telephone1", field => field.ToIntegration())
            .Field("own", "new_own").Build();
        var difference = OverrideDocument.Write(before, after, new())!;
        var later = new IntegrationTableMappingBuilder("CONTACT").Between("contacts", "contact").OnlyCoupledRecords(false)
            .Field("name", "fullname").Field("phone", "telephone1", field => field.SkipBlank())
            .Field("own", "new_own", field => field.FromIntegration()).Field("title", "jobtitle").Build();

        var read = OverrideDocument.Read("CONTACT", difference, later, new());

        read.Problems.Should().BeEmpty();
        read.Obsolete.Should().Equal("changes field mapping 'fax>fax', which no longer exists");
        read.Mapping!.SynchronizesOnlyCoupledRecords.Should().BeFalse("the new default arrives");
        read.Mapping.Fields.Select(field => field.Key.Value).Should().Equal(
            "name>fullname", "phone>telephone1", "own>new_own", "title>jobtitle");
        read.Mapping.Fields[1].Should().Match<IFieldMapping>(
            field => field.SkipsBlank && field.Direction == SyncDirection.ToIntegrationTable);
        read.Mapping.Fields[2].Direction.Should().Be(SyncDirection.Bidirectional, "it was added as a whole");
    }

    [Theory]
    [InlineData("", "$: the document is not valid JSON*")]
    [InlineData("{}", "$: is no stored override.*")]
    [InlineData("{\"version\":2,\"changes\":{\"new\":1}}", "$.version: is 2; this version of the library reads 1.*")]
    [InlineData("{\"version\":1,\"changes\":{\"newSetting\":1}}", "$.changes.newSetting: is unknown here.*")]
    [InlineData("{\"version\":1,\"changes\":{\"direction\":\"Sideways\"}}", "$.changes.direction: is 'Sideways'*")]
    [InlineData("{\"version\":1,\"added\":{\"name\":\"CONTACT\"}}", "$.added: lacks 'localTable'.*")]
    [InlineData("{\"version\":1,\"changes\":{\"rules\":[\"gone\"]}}", "$.changes.rules[0]: names the rule 'gone', which is not*")]
    [InlineData("{\"version\":1,\"changes\":{\"retryPolicy\":{\"longestDelay\":\"00:00:01\"}}}", "Mapping 'CONTACT': the retry policy*")]
    public void Stored_difference_that_cannot_be_used_says_why(string document, string problem) =>
        OverrideDocument.Read("CONTACT", document, Contact().Build(), new()).Problems[0].Should().Match(problem);

    [Theory]
    [InlineData(RecordOwnership.Person, true)]
    [InlineData(RecordOwnership.Team, false)]
    public void Standard_mappings_are_written_and_read(RecordOwnership ownership, bool matches)
    {
        var mappings = StandardMappings.Create(new() { Ownership = ownership, MatchesRecords = matches });

        var json = mappings.ToJson();
        var read = MappingJson.Parse(json);

        read.ToJson().Should().Be(json);
        read.Should().BeEquivalentTo(mappings, options => options
            .Excluding(mapping => mapping.Rules).ComparingByValue<FieldValue>().RespectingRuntimeTypes());
        read.Select(mapping => mapping.Rules.Select(rule => rule.GetType()))
            .Should().BeEquivalentTo(mappings.Select(mapping => mapping.Rules.Select(rule => rule.GetType())));
        read.SelectMany(mapping => mapping.Rules).OfType<CurrencyRule>().Distinct().Should().ContainSingle();
    }

    [Fact]
    public void One_document_makes_the_standard_mappings_with_changes_and_a_table_of_its_own()
    {
        var mappings = MappingJson.Parse(
            """
            {
              // Comments and trailing commas are allowed.
              "version": 1,
              "standardMappings": { "ownership": "Team" },
              "mappings": [
                {
                  "name": "CUSTOMER",
                  "synchronizesOnlyCoupledRecords": false,
                  "retryPolicy": { "firstDelay": "00:05:00" },
                  "fields": [
                    { "localField": "email", "integrationField": "emailaddress1", "direction": "ToIntegrationTable" },
                    { "action": "Remove", "localField": "website", "integrationField": "websiteurl" },
                    { "localField": "number", "integrationField": "accountnumber", "isEnabled": true },
                    { "localField": "taxRegistrationNumber", "integrationField": "new_tax" },
                    { "key": "city>address1_city", "isEnabled": false },
                  ],
                },
                {
                  "name": "PROJECT", "localTable": "projects", "integrationTable": "new_project",
                  "dependencies": ["CUSTOMER"],
                  "fields": [
                    { "localField": "displayName", "integrationField": "new_name" },
                    { "integrationField": "new_source", "constant": "Business Central" },
                    { "localField": "customerId", "integrationField": "new_customer", "lookup": { "via": ["CUSTOMER"] } }
                  ],
                },
              ],
            }
            """);

        mappings.Select(mapping => mapping.Name).Should().Equal("CURRENCY", "CUSTOMER", "VENDOR", "CONTACT", "PROJECT");
        var customer = mappings[1];
        customer.SynchronizesOnlyCoupledRecords.Should().BeFalse();
        customer.RetryPolicy.Should().Be(new RetryPolicy { FirstDelay = TimeSpan.FromMinutes(5) });
        customer.Fields.Single(field => field.Key == "email>emailaddress1").Direction.Should().Be(SyncDirection.ToIntegrationTable);
        customer.Fields.Single(field => field.Key == "number>accountnumber")
            .Should().Match<IFieldMapping>(field => field.IsEnabled && field.Direction == SyncDirection.ToIntegrationTable);
        customer.Fields.Single(field => field.Key == "city>address1_city").IsEnabled.Should().BeFalse();
        customer.Fields.Should().NotContain(field => field.LocalField == "website");
        customer.Fields[^1].LocalField.Should().Be("taxRegistrationNumber");
        mappings[4].Fields[1].Direction.Should().Be(SyncDirection.ToIntegrationTable);
        mappings[4].ToJson().Should().Be(new IntegrationTableMappingBuilder("PROJECT")
            .Between("projects", "new_project").DependsOn("CUSTOMER")
            .Field("displayName", "new_name")
            .IntegrationConstant("new_source", FieldValue.Text("Business Central"))
            .Lookup("customerId", "new_customer", "CUSTOMER").Build().ToJson());
    }

    [Fact]
    public void Every_problem_is_told_at_once_with_its_path_and_line()
    {
        var read = () => MappingJson.Parse(
            """
            {
              "standardMappings": true,
              "mapings": [],
              "mappings": [
                { "name": "CUSTOMERS", "direction": "ToDataverse" },
                { "name": "X", "localTable": "a", "integrationTable": "b", "isEnabled": "yes", "maximumDeletionShare": 2,
                  "deletionScanInterval": "1", "retryPolicy": { "firstDelay": 60, "frstDelay": "00:00:01" },
                  "fields": [
                    { "localField": "a", "integrationField": "b", "direction": "FromIntegrationTabel" },
                    { "localField": "a" },
                    { "localField": "", "integrationField": "b" },
                    7
                  ],
                  "localFilter": { "all": [ { "field": "a", "operator": "Equals", "value": 1 }, { "any": 3 } ] },
                  "rules": ["unknown", { "kind": "Currncy" }], "dependencies": ["A", "A"], "timeZone": "Mars/Olympus" },
                { "name": "X" }, { "name": "VENDOR", "fields": [ { "action": "Change", "localField": "fax", "integrationField": "fax" } ] }
              ]
            }
            """);

        var problems = read.Should().Throw<SyncConfigurationException>().Which.Problems;

        problems.Select(problem => problem.Split(": ")[0]).Should().BeEquivalentTo(
            "$.mapings",
            "$.mappings[0].direction",
            "$.mappings[0]",
            "$.mappings[0]",
            "$.mappings[0]",
            "$.mappings[1].isEnabled",
            "$.mappings[1].maximumDeletionShare",
            "$.mappings[1].deletionScanInterval",
            "$.mappings[1].retryPolicy.firstDelay",
            "$.mappings[1].retryPolicy.frstDelay",
            "$.mappings[1].fields[0].direction",
            "$.mappings[1].fields[1]",
            "$.mappings[1].fields[2].localField",
            "$.mappings[1].fields[3]",
            "$.mappings[1].localFilter.all[0].operator",
            "$.mappings[1].localFilter.all[1].any",
            "$.mappings[1].rules[0]",
            "$.mappings[1].rules[1].kind",
            "$.mappings[1].dependencies[1]",
            "$.mappings[1].timeZone",
            "$.mappings[2]",
            "$.mappings[3].fields[0]");
        problems.Should().Contain(problem => problem.StartsWith("$.mapings: is unknown here. Did you mean 'mappings'? (line 3, column 14)"))
            .And.Contain(problem => problem.Contains("Did you mean 'CUSTOMER'?"))
            .And.Contain(problem => problem.Contains("Did you mean 'FromIntegrationTable'?"))
            .And.Contain(problem => problem.Contains("Did you mean 'firstDelay'?"))
            .And.Contain(problem => problem.Contains("Did you mean 'Currency'?"));
    }

    [Theory]
    [InlineData("", "$: the document is not valid JSON (line 1, column 1)*")]
    [InlineData("{\n  \"mappings\": [\n}", "$: the document is not valid JSON (line 3, column 1)*")]
    [InlineData("[]", "$: is a list; it must be an object. (line 1, column 1)")]
    [InlineData("null", "$: is null; it must be an object. (line 1, column 1)")]
    [InlineData("{} {}", "$: the document is not valid JSON*")]
    [InlineData("{ \"version\": 2, \"what\": 1 }", "$.version: is 2; this version of the library reads 1. (line 1, column 14)")]
    [InlineData("{ \"version\": \"1\" }", "$.version: is a text; it must be a whole number*")]
    [InlineData("{ \"mappings\": [], \"mappings\": [] }", "$.mappings: is there twice. (line 1, column 31)")]
    [InlineData("{ \"mappings\": \"none\" }", "$.mappings: is a text; it must be a list, or an object by the names of mappings.*")]
    [InlineData("{ \"standardMappings\": null }", "$.standardMappings: is null; it must be true, false, or an object.*")]
    [InlineData("{ \"mappings\": { \"A b\": 1 } }", "$.mappings['A b']: is a number; it must be an object.*")]
    [InlineData("{ \"mappings\": { \"A\": { \"name\": \"B\", \"localTable\": \"a\", \"integrationTable\": \"b\" } } }",
        "$.mappings.A.name: is 'B', but the mapping stands under 'A'.*")]
    public void Document_of_a_wrong_form_is_one_message(string json, string message)
    {
        var read = () => MappingJson.Parse(json);

        read.Should().Throw<SyncConfigurationException>().Which.Problems.Should().ContainSingle().Which.Should().Match(message);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("1e-400")]
    [InlineData("1.00000000000000000000000000001")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("{ \"integer\": 1.5 }")]
    [InlineData("{ \"integer\": 9223372036854775808 }")]
    [InlineData("{ \"decimal\": \"1\" }")]
    [InlineData("{ \"date\": \"2026-02-30\" }")]
    [InlineData("{ \"dateTime\": \"2026-02-03T10:00:00\" }")]
    [InlineData("{ \"identifier\": \"x\" }")]
    [InlineData("{ \"reference\": \"9a8b0000-0000-0000-0000-000000000001\" }")]
    [InlineData("{ \"date\": \"2026-02-03\", \"table\": \"x\" }")]
    [InlineData("{ \"text\": \"a\", \"integer\": 1 }")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void Constant_that_no_field_value_can_hold_is_a_problem(string constant)
    {
        var read = () => MappingJson.Parse(WithConstant(constant));

        read.Should().Throw<SyncConfigurationException>().Which.Problems
            .Should().ContainSingle().Which.Should().StartWith("$.mappings[0].fields[0].constant");
    }

    [Fact]
    public void Filter_text_is_read_and_written_as_text_and_a_wrong_one_is_told_with_its_position()
    {
        const string Json = """{ "mappings": [ { "name": "X", "localTable": "a", "integrationTable": "b", "localFilter": "FILTER" } ] }""";

        var filter = MappingJson.Parse(Json.Replace("FILTER", "Blocked=FILTER(' '),Amount=1..100|>500")).Single();

        filter.LocalFilter.Should().Be(RecordFilter.Parse("Blocked=FILTER(' '),Amount=1..100|>500"));
        filter.ToJson().Should().Contain($"\"localFilter\": \"{filter.LocalFilter!.ToText()}\"");
        var wrong = () => MappingJson.Parse(Json.Replace("FILTER", "Amount=(1..100"));
        wrong.Should().Throw<SyncConfigurationException>().WithMessage("$.mappings[0].localFilter: The filter cannot be read at position *");
    }

    [Fact]
    public void Rules_for_values_are_kinds_or_names()
    {
        var field = MappingJson.Parse(
            """
            { "mappings": [ { "name": "X", "localTable": "a", "integrationTable": "b", "fields": [
              { "localField": "c", "integrationField": "d",
                "transformationsToIntegration": [ "Trim", { "kind": "Substring", "startPosition": 1, "length": 3 }, "mine" ] },
              { "localField": "e", "integrationField": "f", "converter": { "kind": "ValueTable",
                "pairs": [ { "local": "1M", "integration": 3 }, { "local": "CM", "integration": null } ] } } ] } ] }
            """,
            code: new NamedCode().AddTransformation(TransformationRules.Custom("Mine", value => value))).Single().Fields;

        field[0].TransformationsToIntegration.Select(rule => rule.Name).Should().Equal("Trim", "Substring", "Mine");
        field[1].Converter!.ToIntegration(FieldValue.Text("1M")).Should().Be(FieldValue.Integer(3));
        var wrong = () => MappingJson.Parse(
            """
            { "mappings": [ { "name": "X", "localTable": "a", "integrationTable": "b", "fields": [
              { "localField": "c", "integrationField": "d", "transformationsToLocal": [ "Replace", "Trm", { "kind": "RegexMatch", "pattern": "(" },
                { "kind": "Substring", "startPosition": 0 } ] },
              { "localField": "e", "integrationField": "f", "options": {}, "lookup": { "via": [ "Y" ] } } ] } ] }
            """);
        wrong.Should().Throw<SyncConfigurationException>().Which.Problems.Should().SatisfyRespectively(
            problem => problem.Should().StartWith("$.mappings[0].fields[0].transformationsToLocal[0]: lacks 'find'."),
            problem => problem.Should().Match("$.mappings[0].fields[0].transformationsToLocal[1]: *Did you mean 'Trim'?*"),
            problem => problem.Should().Match("$.mappings[0].fields[0].transformationsToLocal[2]: is a rule that cannot be used, because its pattern*"),
            problem => problem.Should().Match("$.mappings[0].fields[0].transformationsToLocal[3]: *its start position is less than 1.*"),
            problem => problem.Should().StartWith("$.mappings[0].fields[1]: translates values in several ways"));
    }

    [Fact]
    public void Numbers_keep_their_digits_and_kinds()
    {
        Constant("9223372036854775807").Should().Be(FieldValue.Integer(long.MaxValue));
        Constant("0.1000000000000000000000000001").Should().Be(FieldValue.Decimal(0.1000000000000000000000000001m));
        Constant("1.50").Should().Be(FieldValue.Decimal(1.5m));
        Constant("1e3").Should().Be(FieldValue.Decimal(1000));
        Constant("{ \"decimal\": 5 }").Should().Be(FieldValue.Decimal(5));
        Constant("{ \"dateTime\": \"2026-02-03T10:00:00+02:00\" }").Should()
            .Be(FieldValue.DateTime(new(2026, 2, 3, 8, 0, 0, TimeSpan.Zero)));
        Constant("\"\"").IsBlank.Should().BeTrue();
    }

    [Fact]
    public void Document_that_is_too_large_or_too_deep_is_refused()
    {
        var large = () => MappingJson.Parse($$"""{ "mappings": [], "x": "{{new string('x', 5_000_000)}}" }""");
        var deep = () => MappingJson.Parse(new string('[', 100_000));

        large.Should().Throw<SyncConfigurationException>().WithMessage("$: the document has *");
        deep.Should().Throw<SyncConfigurationException>().WithMessage("$: the document is not valid JSON*");
        var filter = RecordFilter.IsBlank("a");
        for (var level = 0; level < 200; level++)
        {
            filter = filter.Not();
        }

        var write = () => new IntegrationTableMappingBuilder("X").Between("a", "b").LocalFilter(filter).Build().ToJson();
        write.Should().Throw<SyncConfigurationException>().WithMessage("*nested too deep*");
    }

    [Fact]
    public void Of_very_many_problems_the_first_ones_are_told()
    {
        var broken = string.Join(",", Enumerable.Repeat(
            """{ "name": "X", "localFilter": { "field": "", "refersTo": "" }, "rules": [1], "fields": [{}, { "lookup": {} }] }""", 200));

        var read = () => MappingJson.Parse($$"""{ "mappings": [ {{broken}} ] }""");

        read.Should().Throw<SyncConfigurationException>().Which.Problems.Should().HaveCount(101)
            .And.HaveElementAt(100, "There are more than 100 problems.");
    }

    [Fact]
    public void Rule_without_a_name_is_told_by_its_type_and_mapping()
    {
        var mapping = new IntegrationTableMappingBuilder("X").Between("a", "b")
            .Field("c", "d", field => field.Convert(new NamelessConverter())).Build();

        var write = () => mapping.ToJson();

        write.Should().Throw<SyncConfigurationException>().Which.Problems.Should().ContainSingle()
            .Which.Should().Match("Mapping 'X': Field mapping 'c>d': The converter NamelessConverter has no name*");
        var zone = TimeZoneInfo.CreateCustomTimeZone("Moon", TimeSpan.FromHours(1), "Moon", "Moon");
        var zoned = () => (mapping with { Fields = [], TimeZone = zone }).ToJson();
        zoned.Should().Throw<SyncConfigurationException>().WithMessage("Mapping 'X': The time zone 'Moon' cannot be written*");
        mapping.ToJson(new NamedCode().AddConverter("own", mapping.Fields[0].Converter!)).Should().Contain("\"converter\": \"own\"");
    }

    [Fact]
    public void File_is_told_by_its_name_and_one_that_is_missing_too()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        File.WriteAllText(path, "\uFEFF{ \"mappings\": 1 }");
        try
        {
            var read = () => MappingJson.Load(path);
            read.Should().Throw<SyncConfigurationException>().WithMessage($"$.mappings: *({Path.GetFileName(path)}, line 1, column 15)");
        }
        finally
        {
            File.Delete(path);
        }

        var missing = () => MappingJson.Load(path);
        missing.Should().Throw<SyncConfigurationException>().WithMessage("The file '*' cannot be read (FileNotFoundException).");
    }

    private static IntegrationTableMappingBuilder Contact() => new IntegrationTableMappingBuilder("CONTACT")
        .Between("contacts", "contact").Field("name", "fullname").Field("phone", "telephone1").Field("fax", "fax");

    private static FieldValue Constant(string json) => MappingJson.Parse(WithConstant(json)).Single().Fields[0].Constant;

    private static string WithConstant(string json) =>
        $$"""
        { "mappings": [ { "name": "X", "localTable": "a", "integrationTable": "b",
          "fields": [ { "localField": "c", "constant": {{json}} } ] } ] }
        """;

    private sealed class NamelessConverter : IFieldConverter
    {
        public FieldValue ToIntegration(FieldValue local) => local;

        public FieldValue ToLocal(FieldValue integration) => integration;
    }
}
