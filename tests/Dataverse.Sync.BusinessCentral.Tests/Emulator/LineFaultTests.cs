using Dataverse.Sync.Testing;

namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>Faults of the line and of the service, tried on the emulator.</summary>
public sealed class LineFaultTests
{
    [Fact]
    public async Task A_deadlock_during_a_read_is_repeated()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var id = fixture.AddCustomer("C1");
        fixture.Emulator.Faults.Add(EmulatorFault.BusinessCentralDeadlock().On(request => request.PathAndQuery.Contains("/customers?", StringComparison.Ordinal)));

        var pages = await fixture.ReadChangesAsync();

        pages.SelectMany(page => page.Records).Select(record => record.Id).Should().Equal(id);
        fixture.Emulator.Faults.StruckCount.Should().Be(1);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_deadlock_during_an_insert_leaves_it_unknown_whether_or_not_it_was_done(bool afterCommit, int customers)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.BusinessCentralDeadlock(afterCommit).InBatches().On(part => part.IsWrite));

        var results = await fixture.WriteAsync(EmulatorFixture.Insert("C1"), EmulatorFixture.Insert("C2"));

        results.Select(result => result.Status).Should().Equal(WriteStatus.Unknown, WriteStatus.Applied);
        fixture.Emulator.Table("customers").Rows.Should().HaveCount(1 + customers);
    }

    [Fact]
    public async Task A_deadlock_in_another_language_is_known_by_a_text_of_the_options()
    {
        await using var fixture = await EmulatorFixture.StartAsync(configure: options => options.PassingErrorTexts.Add("wiederholen Sie die Aktivität"));
        fixture.Emulator.Faults.Add((EmulatorFault.BusinessCentralDeadlock(afterCommit: true) with { ErrorText = "Bitte wiederholen Sie die Aktivität." }).InBatches());

        (await fixture.WriteAsync(EmulatorFixture.Insert("C1"))).Single().Status.Should().Be(WriteStatus.Unknown);
    }

    [Fact]
    public async Task A_tag_with_a_line_break_is_refused_as_malformed()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = fixture.AddCustomer("C1");
        fixture.Emulator.Faults.Add(EmulatorFault.ChangedBody(body => body.Replace("W/\\\"", "W/\\r\\nX-Evil: 1\\r\\n\\\"", StringComparison.Ordinal))
            .On(request => request.PathAndQuery.Contains("/customers?", StringComparison.Ordinal)));

        var read = () => fixture.ReadChangesAsync();

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
    }

    [Fact]
    public async Task A_version_with_a_line_break_is_not_sent()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var id = fixture.AddCustomer("C1");

        var results = await fixture.WriteAsync(EmulatorFixture.Update(id, "W/\r\nX-Evil: 1", new FieldWrite("city", FieldValue.Text("Oslo"))));

        results.Single().Status.Should().Be(WriteStatus.Rejected);
        fixture.Emulator.Requests.WriteRequestCount.Should().Be(0);
    }

    [Fact]
    public async Task An_answer_that_came_from_elsewhere_is_refused_and_the_write_is_uncertain()
    {
        await using var elsewhere = await BusinessCentralEmulator.StartAsync();
        using var client = new HttpClient();
        await using var fixture = await EmulatorFixture.StartAsync(configure: options => options.HttpClient = client);
        fixture.Emulator.Faults.Add(EmulatorFault.Redirect(elsewhere.BaseAddress, 307, afterCommit: true).On(request => request.IsWrite));

        var results = await fixture.WriteAsync(EmulatorFixture.Insert("C1"));

        results.Single().Status.Should().Be(WriteStatus.Unknown);
        fixture.Emulator.Table("customers").Rows.Should().ContainSingle();
    }

    [Fact]
    public async Task A_text_that_the_field_cannot_hold_is_not_searched_for()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = fixture.AddCustomer("C1", "Adatum");

        (await fixture.FindAsync("number", FieldValue.Text(new string('9', 21)))).Should().BeEmpty();
        (await fixture.FindAsync("displayName", FieldValue.Text(new string('x', 130)), FieldValue.Text("Adatum"))).Should().ContainSingle();
        fixture.Emulator.Requests.Entries.Should().NotContain(request => request.PathAndQuery.Contains(new string('x', 101), StringComparison.Ordinal) || request.PathAndQuery.Contains(new string('9', 21), StringComparison.Ordinal));
    }
}
