using Dataverse.Sync.Testing;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Query;
using static Dataverse.Sync.OrganizationService.Emulator.Tests.ServiceBench;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>RetrieveMultiple.</summary>
public sealed class QueryTests
{
    [Fact]
    public async Task Operators_select_what_the_database_selects()
    {
        await using var bench = await WithRowsAsync();

        (await bench.NamesAsync("name", ConditionOperator.Equal, "ADA")).Should().Equal("Ada");
        (await bench.NamesAsync("name", ConditionOperator.Like, "%d_")).Should().Equal("Ada");
        (await bench.NamesAsync("name", ConditionOperator.Like, "%[%]%")).Should().Equal("Cy 5%");
        (await bench.NamesAsync("name", ConditionOperator.In, "ada", "Bob")).Should().Equal("Ada", "Bob");
        (await bench.NamesAsync("numberofemployees", ConditionOperator.GreaterThan, 1)).Should().Equal("Bob");
        (await bench.NamesAsync("numberofemployees", ConditionOperator.Null)).Should().Equal("Cy 5%");
        (await bench.NamesAsync("numberofemployees", ConditionOperator.NotNull)).Should().Equal("Ada", "Bob");
        (await bench.NamesAsync("creditlimit", ConditionOperator.LessEqual, 10m)).Should().Equal("Ada");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Empty_columns_are_unequal_to_a_value_where_the_service_says_so(bool areUnequal)
    {
        await using var bench = await WithRowsAsync(new EmulatedServiceOptions { BlanksAreNotEqual = areUnequal });

        (await bench.NamesAsync("numberofemployees", ConditionOperator.NotEqual, 1)).Should().Equal(areUnequal ? ["Bob", "Cy 5%"] : ["Bob"]);
    }

    [Fact]
    public async Task Conditions_take_plain_values_of_the_columns_type_and_no_more_than_the_limit()
    {
        await using var bench = await WithRowsAsync();

        (await bench.CodeOfAsync(Query("customertypecode", ConditionOperator.Equal, new OptionSetValue(1)))).Should().Be("0x80040203");
        (await bench.CodeOfAsync(Query("creditlimit", ConditionOperator.Equal, new Money(1)))).Should().Be("0x80040203");
        (await bench.CodeOfAsync(Query("name", ConditionOperator.Equal))).Should().Be("0x80040203");
        (await bench.CodeOfAsync(Query("unknown", ConditionOperator.Null))).Should().Be("0x80041103");
        (await bench.CodeOfAsync(Query("name", ConditionOperator.In, [.. Enumerable.Repeat<object>("A", 501)]))).Should().Be("0x80044150");
        (await bench.CodeOfAsync(Query("createdon", ConditionOperator.Today))).Should().Be("0x80040203");
    }

    [Fact]
    public async Task Pages_follow_each_other_by_number_and_cookie()
    {
        await using var bench = await StartAsync();
        for (var number = 0; number < 5; number++)
        {
            _ = bench.Accounts.Insert(("name", $"{number}"));
        }

        var query = new QueryExpression("account")
        {
            ColumnSet = new ColumnSet("name"),
            PageInfo = new PagingInfo { PageNumber = 1, Count = 2 },
        };
        query.AddOrder("name", OrderType.Descending);
        var names = new List<string>();
        EntityCollection page;
        do
        {
            page = await bench.Service.RetrieveMultipleAsync(query, default);
            names.AddRange(page.Entities.Select(row => row.GetAttributeValue<string>("name")));
            query.PageInfo = new PagingInfo { PageNumber = query.PageInfo.PageNumber + 1, Count = 2, PagingCookie = page.PagingCookie };
        }
        while (page.MoreRecords);

        names.Should().Equal("4", "3", "2", "1", "0");
        query.PageInfo.PageNumber.Should().Be(4);
    }

    [Fact]
    public async Task Linked_tables_filter_rows_and_add_their_columns_under_an_alias()
    {
        await using var bench = await StartAsync();
        foreach (var name in new[] { "Ada", "Bob" })
        {
            var contact = bench.Emulator.Table("contact").Insert(("lastname", name)).Id;
            _ = bench.Accounts.Insert(("name", $"{name}'s"), ("primarycontactid", new DataverseReference("contact", contact)));
        }

        var query = new QueryExpression("account") { ColumnSet = new ColumnSet("name") };
        var link = query.AddLink("contact", "primarycontactid", "contactid");
        (link.EntityAlias, link.Columns) = ("c", new ColumnSet("lastname"));
        link.LinkCriteria.AddCondition("lastname", ConditionOperator.Equal, "Bob");

        var row = (await bench.Service.RetrieveMultipleAsync(query, default)).Entities.Should().ContainSingle().Which;

        row["name"].Should().Be("Bob's");
        row.GetAttributeValue<AliasedValue>("c.lastname").Should().BeEquivalentTo(new { EntityLogicalName = "contact", AttributeLogicalName = "lastname", Value = "Bob" });
    }

    private static RetrieveMultipleRequest Query(string column, ConditionOperator condition, params object[] values)
    {
        var query = new QueryExpression("account");
        query.Criteria.AddCondition(column, condition, values);
        return new RetrieveMultipleRequest { Query = query };
    }

    private static async Task<ServiceBench> WithRowsAsync(EmulatedServiceOptions? options = null)
    {
        var bench = await StartAsync(options);
        _ = bench.Accounts.Insert(("name", "Ada"), ("numberofemployees", 1), ("creditlimit", 10m));
        _ = bench.Accounts.Insert(("name", "Bob"), ("numberofemployees", 2), ("creditlimit", 20m));
        _ = bench.Accounts.Insert(("name", "Cy 5%"));
        return bench;
    }
}
