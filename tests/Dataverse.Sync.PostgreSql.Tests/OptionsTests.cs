using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace Dataverse.Sync.PostgreSql.Tests;

public sealed class OptionsTests
{
    private static readonly PostgreSqlCouplingStoreOptions Valid = new() { ConnectionString = "Host=localhost;Password=hidden" };

    [Theory]
    [InlineData("")]
    [InlineData("Sync")]
    [InlineData("1st")]
    [InlineData("pg_sync")]
    [InlineData("a b")]
    [InlineData("a\"; drop schema public; --")]
    [InlineData("schéma")]
    public void Name_of_a_schema_that_needs_quotes_is_refused(string name)
    {
        var create = () => new PostgreSqlCouplingStore(Valid with { Schema = name });

        create.Should().Throw<SyncConfigurationException>().WithMessage("*Schema*");
    }

    [Theory]
    [InlineData("dataverse_sync")]
    [InlineData("_a1")]
    public async Task Name_of_letters_digits_and_underscores_is_accepted(string name)
    {
        await using var store = new PostgreSqlCouplingStore(Valid with { Schema = name });

        SchemaName.IsValid(name).Should().BeTrue();
        SchemaName.IsValid(new string('a', SchemaName.MaximumLength + 1)).Should().BeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("hidden")]
    [InlineData("Hast=hidden")]
    [InlineData("Port=hidden;Host=h")]
    [InlineData("Username=hidden")]
    public void Text_that_is_no_connection_string_is_refused_and_not_shown(string? text)
    {
        var create = () => new PostgreSqlCouplingStore(text!);

        create.Should().Throw<SyncConfigurationException>().WithMessage("*ConnectionString*").And.ToString().Should().NotContain("hidden");
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var create = () => new PostgreSqlCouplingStore(new PostgreSqlCouplingStoreOptions { Schema = "?", ConflictValueRetention = TimeSpan.FromTicks(-1) });

        create.Should().Throw<SyncConfigurationException>().Which.Problems.Should().HaveCount(3);
    }

    [Fact]
    public void Description_contains_no_password() => $"{Valid}".Should().Contain("dataverse_sync").And.NotContain("hidden");

    [Fact]
    public async Task UsePostgres_gives_the_engine_a_store_and_a_log_that_end_with_the_container()
    {
        var services = new ServiceCollection();
        services.AddDataverseSync(sync => sync
            .UseLocal(_ => Substitute.For<ITableConnector>())
            .UseIntegration(_ => Substitute.For<ITableConnector>())
            .UsePostgres("Host=localhost"));
        PostgreSqlCouplingStore store;
        await using (var provider = services.BuildServiceProvider())
        {
            store = provider.GetRequiredService<PostgreSqlCouplingStore>();
            provider.GetRequiredService<SyncEngine>().JobLog.Should().BeSameAs(store);
        }

        var late = () => store.CountAsync();
        await late.Should().ThrowAsync<ObjectDisposedException>();
    }
}
